from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from huggingface_hub import HfApi, get_session

from practice_hub.running import RunningHub
from tests.practice_hub.client.conftest import NewRepo, Setting


def git(*arguments: str | Path, fails: bool = False) -> str:
    ran = subprocess.run(
        ["git", *map(str, arguments)], capture_output=True, text=True, check=False, env=os.environ
    )
    assert (ran.returncode != 0) == fails, ran.stderr
    return ran.stdout + ran.stderr


def test_clone(api: HfApi, repo: str, tmp_path: Path) -> None:
    api.upload_file(path_or_fileobj=b"hello", path_in_repo="d/f.txt", repo_id=repo)
    api.create_tag(repo, tag="v1")
    clone = tmp_path / "clone"
    git("clone", f"{api.endpoint}/{repo}", clone)
    assert (clone / "d/f.txt").read_text() == "hello"
    git("-C", clone, "fsck", "--strict")
    assert git("-C", clone, "tag").split() == ["v1"]
    api.upload_file(path_or_fileobj=b"again", path_in_repo="d/f.txt", repo_id=repo)
    git("-C", clone, "pull")
    assert (clone / "d/f.txt").read_text() == "again"
    assert git("-C", clone, "log", "--format=%H", "-1").strip() == api.model_info(repo).sha


def test_long_requests_come_packed(
    api: HfApi, repo: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git packs what is longer than 1,024 bytes: here the names of its own versions, which the Hub does not have."""
    clone = tmp_path / "clone"
    git("clone", f"{api.endpoint}/{repo}", clone)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "@4000000000 +0000")  # it names the newest ones first
    me = ("-c", "user.name=me", "-c", "user.email=me@practice-hub.invalid")
    for number in range(60):
        git("-C", clone, *me, "commit", "--quiet", "--allow-empty", "-m", f"{number}")
    api.upload_file(path_or_fileobj=b"hello", path_in_repo="f.txt", repo_id=repo)
    monkeypatch.setenv("GIT_TRACE_CURL", "1")
    assert "content-encoding: gzip" in git("-C", clone, "fetch").lower()
    assert git("-C", clone, "show", "origin/main:f.txt") == "hello"


def test_clone_without_files(api: HfApi, repo: str, tmp_path: Path) -> None:
    """Where a Hub cannot leave them out, git clones everything."""
    api.upload_file(path_or_fileobj=b"hello", path_in_repo="f.txt", repo_id=repo)
    git("clone", "--filter=blob:none", f"{api.endpoint}/{repo}", tmp_path / "clone")
    assert (tmp_path / "clone/f.txt").read_text() == "hello"


@pytest.mark.practice_only
@pytest.mark.parametrize(
    ("headers", "message"),
    [({"Content-Encoding": "gzip"}, "The request is not gzip."), ({}, "This is not what git sends.")],
)
def test_what_git_does_not_send(api: HfApi, repo: str, headers: dict[str, str], message: str) -> None:
    address = f"{api.endpoint}/{repo}/git-upload-pack"
    answer = get_session().post(address, content=b"something", headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (400, message)


@pytest.mark.practice_only
def test_private(api: HfApi, new_repo: NewRepo, setting: Setting, tmp_path: Path) -> None:
    name, token = new_repo(private=True), setting.environment["HF_TOKEN"]
    assert "could not read Username" in git("clone", f"{api.endpoint}/{name}", tmp_path / "none", fails=True)
    git("clone", api.endpoint.replace("//", f"//user:{token}@") + f"/{name}", tmp_path / "clone")
    assert (tmp_path / "clone/.gitattributes").is_file()


def test_large_files(api: HfApi, repo: str, tmp_path: Path, setting: Setting) -> None:
    """A clone without git-lfs has the pointer; what git-lfs asks with it leads to the file."""
    data = os.urandom(3000)
    (tmp_path / "w.bin").write_bytes(data)
    api.upload_file(path_or_fileobj=tmp_path / "w.bin", path_in_repo="w.bin", repo_id=repo)
    git("clone", f"{api.endpoint}/{repo}", tmp_path / "clone")
    pointer = dict(line.split(" ") for line in (tmp_path / "clone/w.bin").read_text().splitlines())
    assert pointer["size"] == "3000"
    asked = {
        "operation": "download",
        "transfers": ["basic"],
        "objects": [{"oid": pointer["oid"].removeprefix("sha256:"), "size": 3000}],
    }
    answer = get_session().post(
        f"{api.endpoint}/{repo}.git/info/lfs/objects/batch",
        json=asked,
        headers={"Accept": "application/vnd.git-lfs+json", "Content-Type": "application/vnd.git-lfs+json"},
    )
    [file] = answer.json()["objects"]
    assert get_session().get(file["actions"]["download"]["href"]).content == data


@pytest.mark.practice_only
def test_what_lies_on_disk_is_a_git_repository(api: HfApi, repo: str, running: RunningHub) -> None:
    api.upload_file(path_or_fileobj=b"hello", path_in_repo="d/f.txt", repo_id=repo)
    repository = running.hub.repositories.find("model", repo)
    assert repository
    path = running.hub.repositories.git(repository).path
    git("--git-dir", path, "fsck", "--strict")
    assert git("--git-dir", path, "cat-file", "-p", "main:d/f.txt") == "hello"
