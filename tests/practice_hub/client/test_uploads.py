from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from huggingface_hub import (
    CommitOperationAdd,
    CommitOperationCopy,
    CommitOperationDelete,
    HfApi,
    hf_hub_download,
    snapshot_download,
)
from huggingface_hub.errors import EntryNotFoundError, HfHubHTTPError
from huggingface_hub.hf_api import RepoFile

from practice_hub.running import RunningHub
from tests.practice_hub.client.conftest import NewRepo


def read(repo: str, path: str, revision: str = "main") -> bytes:
    return Path(hf_hub_download(repo, path, revision=revision)).read_bytes()


def test_files(api: HfApi, repo: str, tmp_path: Path, mode: str) -> None:
    weights = os.urandom(200_000)
    (tmp_path / "model.safetensors").write_bytes(weights)
    info = api.upload_file(path_or_fileobj=b'{"a": 1}', path_in_repo="config.json", repo_id=repo)
    assert len(info.oid) == 40
    assert info.repo_url.repo_id == repo
    api.upload_file(
        path_or_fileobj=tmp_path / "model.safetensors", path_in_repo="model.safetensors", repo_id=repo
    )
    assert sorted(api.list_repo_files(repo)) == [".gitattributes", "config.json", "model.safetensors"]
    assert read(repo, "model.safetensors") == weights
    assert read(repo, "config.json") == b'{"a": 1}'
    [found] = api.get_paths_info(repo, ["model.safetensors"])
    assert isinstance(found, RepoFile)
    assert found.lfs
    assert found.lfs.size == found.size == 200_000
    assert bool(found.xet_hash) == (mode == "xet")


def test_the_same_again_is_no_commit(api: HfApi, repo: str) -> None:
    for _ in range(2):
        api.upload_file(path_or_fileobj=b"one", path_in_repo="f.txt", repo_id=repo)
        api.upload_file(path_or_fileobj=b"\0" * 1000, path_in_repo="f.bin", repo_id=repo)
    assert len(api.list_repo_commits(repo)) == 3


def test_file_objects(api: HfApi, repo: str) -> None:
    data = b"x" * 50_000 + b"\0"
    api.upload_file(path_or_fileobj=io.BytesIO(data), path_in_repo="weights.bin", repo_id=repo)
    assert read(repo, "weights.bin") == data


def test_the_same_content_in_two_repositories(api: HfApi, new_repo: NewRepo, tmp_path: Path) -> None:
    data = os.urandom(300_000)
    (tmp_path / "w.bin").write_bytes(data)
    for name in (new_repo(), new_repo()):
        api.upload_file(path_or_fileobj=tmp_path / "w.bin", path_in_repo="w.bin", repo_id=name)
        assert read(name, "w.bin") == data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "model"
    (place / "sub").mkdir(parents=True)
    (place / "README.md").write_text("---\nlicense: mit\n---\n# Penguins\n")
    (place / "config.json").write_text("{}")
    (place / "empty.txt").write_text("")
    (place / "empty.bin").write_text("")
    (place / "sub/model.bin").write_bytes(os.urandom(30_000))
    (place / "notes.tmp").write_text("not for others")
    (place / "naïve 100%.txt").write_text("ü")
    return place


def test_folder(api: HfApi, repo: str, folder: Path, tmp_path: Path) -> None:
    api.upload_folder(
        folder_path=folder, repo_id=repo, ignore_patterns="*.tmp", commit_message="First version"
    )
    expected = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {"notes.tmp"}
    assert set(api.list_repo_files(repo)) == {".gitattributes", *expected}
    copy = Path(snapshot_download(repo))
    assert {path: (copy / path).read_bytes() for path in expected} == {
        path: (folder / path).read_bytes() for path in expected
    }
    part = Path(snapshot_download(repo, local_dir=tmp_path / "part", allow_patterns="*.json"))
    assert sorted(path.name for path in part.iterdir()) == [".cache", "config.json"]


def test_folder_with_patterns(api: HfApi, repo: str, folder: Path) -> None:
    api.upload_folder(folder_path=folder, repo_id=repo)
    api.upload_folder(
        folder_path=folder, repo_id=repo, allow_patterns="*.md", delete_patterns=["*.json", "sub/*"]
    )
    assert not {"config.json", "sub/model.bin"} & set(api.list_repo_files(repo))
    api.upload_folder(folder_path=folder, path_in_repo="v2", repo_id=repo, allow_patterns="*.json")
    assert "v2/config.json" in api.list_repo_files(repo)


def test_gitignore(api: HfApi, repo: str, folder: Path) -> None:
    (folder / ".gitignore").write_text("*.tmp\nsub/\n")
    api.upload_folder(folder_path=folder, repo_id=repo)
    assert not {"notes.tmp", "sub/model.bin"} & set(api.list_repo_files(repo))


def test_operations(api: HfApi, repo: str) -> None:
    add = [CommitOperationAdd("d/a.txt", b"1"), CommitOperationAdd("d/b.txt", b"2")]
    add += [CommitOperationAdd("w.bin", b"\0" * 2000), CommitOperationAdd("t.txt", b"text")]
    info = api.create_commit(repo, add, commit_message="Add", commit_description="Four files.")
    change: list[CommitOperationAdd | CommitOperationCopy | CommitOperationDelete] = [
        CommitOperationDelete("d/"),
        CommitOperationCopy("w.bin", "w2.bin"),
        CommitOperationCopy("t.txt", "u.txt"),
    ]
    api.create_commit(repo, change, commit_message="Change")
    assert set(api.list_repo_files(repo)) == {".gitattributes", "w.bin", "w2.bin", "t.txt", "u.txt"}
    assert read(repo, "w2.bin") == b"\0" * 2000
    assert read(repo, "d/a.txt", info.oid) == b"1"
    api.delete_file("w.bin", repo)
    with pytest.raises(EntryNotFoundError):
        api.delete_file("w.bin", repo)
    assert read(repo, "w2.bin") == b"\0" * 2000
    commit = api.list_repo_commits(repo)[2]
    assert (commit.title, commit.message) == ("Add", "Four files.")


@pytest.mark.practice_only
def test_copy_from_another_repository(api: HfApi, new_repo: NewRepo, tmp_path: Path, mode: str) -> None:
    source, target = new_repo(), new_repo()
    (tmp_path / "w.bin").write_bytes(os.urandom(3000))
    api.upload_folder(folder_path=tmp_path, repo_id=source)
    copy = CommitOperationCopy("w.bin", "copied.bin", src_repo_id=source, src_repo_type="model")
    if mode == "lfs":
        with pytest.raises(
            ValueError, match="no xet hash"
        ):  # the client can copy files of the Xet store only
            api.create_commit(target, [copy], commit_message="Copy")
        return
    api.create_commit(target, [copy], commit_message="Copy")
    api.delete_repo(source)
    assert read(target, "copied.bin") == (tmp_path / "w.bin").read_bytes()


def test_parent_commit(api: HfApi, repo: str) -> None:
    head = api.model_info(repo).sha
    api.create_commit(repo, [CommitOperationAdd("a.txt", b"1")], commit_message="One", parent_commit=head)
    with pytest.raises(HfHubHTTPError, match="The branch was updated") as error:
        api.create_commit(repo, [CommitOperationAdd("a.txt", b"2")], commit_message="Two", parent_commit=head)
    assert error.value.response.status_code == 412
    api.create_commit(repo, [CommitOperationAdd("b.txt", b"3")], commit_message="Three")
    assert read(repo, "a.txt") == b"1"


def test_pull_request(api: HfApi, repo: str, tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text("proposed")
    (tmp_path / "p.bin").write_bytes(os.urandom(3000))
    info = api.upload_folder(folder_path=tmp_path, repo_id=repo, commit_message="Propose", create_pr=True)
    assert info.pr_num == 1
    assert read(repo, "p.txt", "refs/pr/1") == b"proposed"
    assert "p.txt" not in api.list_repo_files(repo)
    assert [ref.ref for ref in api.list_repo_refs(repo, include_pull_requests=True).pull_requests or []] == [
        "refs/pr/1"
    ]
    api.upload_file(path_or_fileobj=b"more", path_in_repo="q.txt", repo_id=repo, revision="refs/pr/1")
    assert read(repo, "q.txt", "refs/pr/1") == b"more"


@pytest.mark.practice_only
def test_pull_request_of_another_user(api: HfApi, repo: str, other_token: str, tmp_path: Path) -> None:
    (tmp_path / "p.bin").write_bytes(os.urandom(3000))
    bob = HfApi(token=other_token)
    info = bob.upload_folder(repo_id=repo, folder_path=tmp_path, create_pr=True)
    (tmp_path / "q.bin").write_bytes(os.urandom(3000))
    bob.upload_folder(repo_id=repo, folder_path=tmp_path, revision=f"refs/pr/{info.pr_num}")
    assert read(repo, "q.bin", "refs/pr/1") == (tmp_path / "q.bin").read_bytes()
    with pytest.raises(HfHubHTTPError) as error:
        bob.upload_folder(repo_id=repo, folder_path=tmp_path)
    assert error.value.response.status_code == 403


def test_bad_path(api: HfApi, repo: str) -> None:
    with pytest.raises(HfHubHTTPError) as error:
        api.upload_file(path_or_fileobj=b"x", path_in_repo="..\\ddd", repo_id=repo)
    assert error.value.response.status_code == 422


@pytest.mark.practice_only
def test_a_file_where_a_folder_is(api: HfApi, repo: str) -> None:
    api.upload_file(path_or_fileobj=b"x", path_in_repo="a/b", repo_id=repo)
    with pytest.raises(HfHubHTTPError, match="a is a file, so there cannot be a/b"):
        api.upload_file(path_or_fileobj=b"x", path_in_repo="a", repo_id=repo)


@pytest.mark.practice_only
def test_too_large(
    api: HfApi, repo: str, running: RunningHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from practice_hub.limits import Limits  # noqa: PLC0415

    monkeypatch.setattr(running.hub, "limits", Limits(large_file=1000))
    (tmp_path / "w.bin").write_bytes(b"\0" * 1001)
    with pytest.raises(HfHubHTTPError, match=r"w\.bin has 1 kB; this Hub takes files of up to 1 kB"):
        api.upload_file(path_or_fileobj=tmp_path / "w.bin", path_in_repo="w.bin", repo_id=repo)


@pytest.mark.practice_only
def test_parts(
    api: HfApi, repo: str, running: RunningHub, tmp_path: Path, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from practice_hub.limits import Limits  # noqa: PLC0415

    monkeypatch.setattr(running.hub, "limits", Limits(part=100_000))
    data = os.urandom(250_001)
    (tmp_path / "w.bin").write_bytes(data)
    api.upload_file(path_or_fileobj=tmp_path / "w.bin", path_in_repo="w.bin", repo_id=repo)
    assert read(repo, "w.bin") == data
    parts = [status for _, pattern, status in running.server.answers if pattern == "/_lfs/part/{number#}"]
    assert parts == ([200] * 3 if mode == "lfs" else [])
