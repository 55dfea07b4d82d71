from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from huggingface_hub import HfApi, get_session, hf_hub_download, scan_cache_dir, snapshot_download
from huggingface_hub.errors import (
    EntryNotFoundError,
    HfHubHTTPError,
    LocalEntryNotFoundError,
    RevisionNotFoundError,
)

from practice_hub.running import RunningHub
from practice_hub.store.large import FileContent
from tests.practice_hub.client.conftest import Setting


def test_missing(api: HfApi, repo: str) -> None:
    with pytest.raises(EntryNotFoundError):
        hf_hub_download(repo, "missing.txt")
    with pytest.raises(RevisionNotFoundError):
        hf_hub_download(repo, ".gitattributes", revision="nope")
    with pytest.raises(RevisionNotFoundError):
        snapshot_download(repo, revision="nope")
    with pytest.raises(RevisionNotFoundError):
        api.model_info(repo, revision="nope")
    assert api.file_exists(repo, ".gitattributes")
    assert not api.file_exists(repo, "missing.txt")


def test_cache(api: HfApi, repo: str) -> None:
    api.upload_file(path_or_fileobj=b"\0" * 2000, path_in_repo="w.bin", repo_id=repo)
    path = hf_hub_download(repo, "w.bin")
    assert hf_hub_download(repo, "w.bin") == path
    assert hf_hub_download(repo, "w.bin", local_files_only=True) == path
    assert repo in {cached.repo_id for cached in scan_cache_dir().repos}
    with pytest.raises(LocalEntryNotFoundError):
        hf_hub_download(repo, "other.bin", local_files_only=True)


@pytest.mark.practice_only
def test_a_cached_file_costs_one_call(api: HfApi, repo: str, running: RunningHub) -> None:
    api.upload_file(path_or_fileobj=b"\0" * 2000, path_in_repo="w.bin", repo_id=repo)
    hf_hub_download(repo, "w.bin")
    running.server.answers.clear()
    hf_hub_download(repo, "w.bin")
    assert [method for method, _, _ in running.server.answers] == ["HEAD"]


def test_range(api: HfApi, repo: str) -> None:
    for name, data in (("t.txt", b"0123456789"), ("w.bin", b"\0" + b"123456789")):
        api.upload_file(path_or_fileobj=data, path_in_repo=name, repo_id=repo)
        address = f"{api.endpoint}/{repo}/resolve/main/{name}"
        for asked, expected in (("bytes=2-4", data[2:5]), ("bytes=-3", data[-3:]), ("bytes=7-", data[7:])):
            answer = get_session().get(address, headers={"Range": asked}, follow_redirects=True)
            assert (answer.status_code, answer.content) == (206, expected)
            assert answer.headers["Content-Range"].endswith("/10")
        answer = get_session().get(address, headers={"Range": "bytes=10-"}, follow_redirects=True)
        assert answer.status_code == 416


@pytest.mark.practice_only
@pytest.mark.parametrize("mode", ["lfs"], indirect=True)
def test_an_interrupted_download_goes_on(
    api: HfApi, repo: str, running: RunningHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client keeps what came in whole pieces of 10 MiB, and asks for the rest.

    By LFS alone: hf_xet asks for ranges anyway.
    """
    data = os.urandom(25_000_000)
    api.upload_file(path_or_fileobj=data, path_in_repo="w.bin", repo_id=repo)
    whole, cut = FileContent.read, [15_000_000]

    def read(self: FileContent, start: int, stop: int):  # type: ignore[no-untyped-def]
        left = cut.pop() if cut else stop
        for piece in whole(self, start, stop):
            yield piece
            left -= len(piece)
            if left <= 0:
                raise ConnectionResetError

    monkeypatch.setattr(FileContent, "read", read)
    assert Path(hf_hub_download(repo, "w.bin")).read_bytes() == data
    assert [status for _, pattern, status in running.server.answers if pattern == "/_files/{sha256}"] == [
        200,
        206,
    ]


@pytest.mark.practice_only
@pytest.mark.parametrize("mode", ["lfs"], indirect=True)
def test_tokens_stay_with_the_hub(api: HfApi, repo: str) -> None:
    """Large files are at another origin, which refuses calls with a token. By LFS alone: Xet has its own addresses."""
    api.upload_file(path_or_fileobj=b"\0" * 2000, path_in_repo="w.bin", repo_id=repo)
    hf_hub_download(repo, "w.bin")
    answer = get_session().head(f"{api.endpoint}/{repo}/resolve/main/w.bin", follow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("http://localhost:")
    refused = get_session().get(answer.headers["Location"], headers={"Authorization": "Bearer hf_some"})
    assert refused.status_code == 400
    assert get_session().get(answer.headers["Location"].replace("ticket=e", "ticket=f")).status_code == 403


def test_offline(api: HfApi, repo: str, setting: Setting) -> None:
    api.upload_file(path_or_fileobj=b"{}", path_in_repo="config.json", repo_id=repo)
    snapshot_download(repo)
    code = f"""
from huggingface_hub import hf_hub_download, snapshot_download, whoami
from huggingface_hub.errors import OfflineModeIsEnabled
print(open(hf_hub_download({repo!r}, "config.json")).read())
snapshot_download({repo!r})
try:
    whoami()
except OfflineModeIsEnabled:
    print("offline")
"""
    if setting.running:
        setting.running.server.answers.clear()
    environment = {**os.environ, "HF_HUB_OFFLINE": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert ran.stdout.split() == ["{}", "offline"], ran.stderr
    if setting.running:
        assert not setting.running.server.answers


@pytest.mark.practice_only
@pytest.mark.parametrize("name", ["t.txt", "w.bin"])
def test_damaged_files_are_named_and_not_served(
    api: HfApi, repo: str, running: RunningHub, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(os.urandom(5000) if name == "w.bin" else b"text" * 1000)
    api.upload_folder(folder_path=tmp_path, repo_id=repo)
    hub = running.hub
    repository = hub.repositories.find("model", repo)
    assert repository
    [entry] = [entry for entry in hub.describe(repository).entries if entry.path == name]
    git = hub.repositories.git(repository)
    path = git.path / "objects" / entry.oid[:2] / entry.oid[2:]
    if entry.sha256:
        path = hub.large.whole.path(entry.sha256)
        if file := hub.xet.by_sha256(entry.sha256):
            path = hub.xet.xorbs.path(hub.xet.terms(file.hash)[0].xorb)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)
    running.server.answers.clear()
    with pytest.raises((HfHubHTTPError, LocalEntryNotFoundError)) as error:
        hf_hub_download(repo, name)
    told = f"{error.value} {error.value.__cause__}"
    assert "is damaged on the Hub's disk" in told
    assert [status for _, _, status in running.server.answers] == [520]  # it is not asked again and again
    path.unlink()
