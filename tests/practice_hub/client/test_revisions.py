from __future__ import annotations

from pathlib import Path

import pytest
from huggingface_hub import HfApi, hf_hub_download, snapshot_download
from huggingface_hub.errors import HfHubHTTPError, RevisionNotFoundError


def read(repo: str, revision: str) -> str:
    return Path(hf_hub_download(repo, "f.txt", revision=revision)).read_text()


def put(api: HfApi, repo: str, text: str, revision: str | None = None) -> str:
    return api.upload_file(
        path_or_fileobj=text.encode(), path_in_repo="f.txt", repo_id=repo, revision=revision
    ).oid


def test_tags(api: HfApi, repo: str) -> None:
    first = put(api, repo, "one")
    api.create_tag(repo, tag="v1.0", tag_message="The first")
    put(api, repo, "two")
    assert (read(repo, "v1.0"), read(repo, first), read(repo, "main")) == ("one", "one", "two")
    assert (Path(snapshot_download(repo, revision="v1.0")) / "f.txt").read_text() == "one"
    assert (Path(snapshot_download(repo, revision=first)) / "f.txt").read_text() == "one"
    with pytest.raises(HfHubHTTPError) as error:
        api.create_tag(repo, tag="v1.0")
    assert error.value.response.status_code == 409
    api.create_tag(repo, tag="v1.0", exist_ok=True)
    with pytest.raises(RevisionNotFoundError):
        api.create_tag(repo, tag="t", revision="nope")
    assert [(tag.name, tag.target_commit) for tag in api.list_repo_refs(repo).tags] == [("v1.0", first)]
    api.delete_tag(repo, tag="v1.0")
    with pytest.raises(RevisionNotFoundError):
        api.delete_tag(repo, tag="v1.0")


def test_branches(api: HfApi, repo: str) -> None:
    put(api, repo, "one")
    api.create_branch(repo, branch="dev/x")
    put(api, repo, "two", "dev/x")
    assert (read(repo, "dev/x"), read(repo, "main")) == ("two", "one")
    assert [file.path for file in api.list_repo_tree(repo, revision="dev/x")] == [".gitattributes", "f.txt"]
    with pytest.raises(HfHubHTTPError, match="Reference refs/heads/main already exists"):
        api.create_branch(repo, branch="main")
    assert {branch.name for branch in api.list_repo_refs(repo).branches} == {"main", "dev/x"}
    with pytest.raises(HfHubHTTPError) as error:
        api.delete_branch(repo, branch="main")
    assert error.value.response.status_code == 403
    api.delete_branch(repo, branch="dev/x")
    assert {branch.name for branch in api.list_repo_refs(repo).branches} == {"main"}


def test_branch_from_an_older_commit(api: HfApi, repo: str) -> None:
    first = put(api, repo, "one")
    put(api, repo, "two")
    api.create_branch(repo, branch="old", revision=first)
    assert read(repo, "old") == "one"


@pytest.mark.practice_only
@pytest.mark.parametrize("name", ["a..b", "-x", "x.lock", "a b", "refs/heads/x", "a//b"])
def test_bad_names(api: HfApi, repo: str, name: str) -> None:
    with pytest.raises(HfHubHTTPError) as error:
        api.create_tag(repo, tag=name)
    assert error.value.response.status_code == 400


def test_history(api: HfApi, repo: str, namespace: str) -> None:
    put(api, repo, "one")
    api.upload_file(path_or_fileobj=b"2", path_in_repo="g.txt", repo_id=repo, commit_message="Second file")
    commits = api.list_repo_commits(repo)
    assert [commit.title for commit in commits] == [
        "Second file",
        "Upload f.txt with huggingface_hub",
        "initial commit",
    ]
    assert commits[0].authors == [namespace]
    [file] = api.get_paths_info(repo, "f.txt", expand=True)
    assert file.last_commit.oid == commits[1].commit_id  # type: ignore[union-attr]
    api.super_squash_history(repo, commit_message="All in one")
    assert [commit.title for commit in api.list_repo_commits(repo)] == ["All in one"]
    assert read(repo, "main") == "one"


def test_tree(api: HfApi, repo: str) -> None:
    for path in ("a/b/c.txt", "a/d.txt"):
        api.upload_file(path_or_fileobj=b"x", path_in_repo=path, repo_id=repo)
    assert [item.path for item in api.list_repo_tree(repo)] == ["a", ".gitattributes"]
    assert [item.path for item in api.list_repo_tree(repo, "a", expand=True)] == ["a/b", "a/d.txt"]
    paths = {item.path for item in api.list_repo_tree(repo, recursive=True)}
    assert paths == {"a", "a/b", "a/b/c.txt", "a/d.txt", ".gitattributes"}
    assert [item.path for item in api.get_paths_info(repo, ["a", "a/d.txt", "nope"])] == ["a", "a/d.txt"]
    with pytest.raises(HfHubHTTPError) as error:
        list(api.list_repo_tree(repo, "nope"))
    assert error.value.response.status_code == 404
