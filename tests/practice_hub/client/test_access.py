from __future__ import annotations

from pathlib import Path

import pytest
from huggingface_hub import HfApi, get_session, hf_hub_download, snapshot_download
from huggingface_hub.errors import GatedRepoError, HfHubHTTPError

pytestmark = pytest.mark.practice_only  # takes a second account


@pytest.fixture
def gated(api: HfApi, repo: str) -> str:
    api.upload_file(path_or_fileobj=b"{}", path_in_repo="config.json", repo_id=repo)
    api.upload_file(path_or_fileobj=b"\0" * 2000, path_in_repo="w.bin", repo_id=repo)
    api.update_repo_settings(repo, gated="manual")
    return repo


def ask(api: HfApi, repo: str, token: str) -> str:
    headers = {"Authorization": f"Bearer {token}"}
    status: str = get_session().post(f"{api.endpoint}/{repo}/ask-access", headers=headers).json()["status"]
    return status


def test_closed(api: HfApi, gated: str, other_token: str, tmp_path: Path) -> None:
    assert api.model_info(gated, token=other_token).gated == "manual"
    tokens: list[tuple[str | bool, int]] = [(other_token, 403), (False, 401)]
    for token, status in tokens:
        for name in ("config.json", "w.bin"):
            with pytest.raises(GatedRepoError) as error:
                hf_hub_download(gated, name, token=token, cache_dir=tmp_path)
            assert error.value.response.status_code == status
        with pytest.raises(GatedRepoError):
            api.auth_check(gated, token=token)
        with pytest.raises(GatedRepoError):
            snapshot_download(gated, token=token, cache_dir=tmp_path)
    hf_hub_download(gated, "w.bin", cache_dir=tmp_path)  # its owner


def test_grant(api: HfApi, gated: str, other_token: str, tmp_path: Path) -> None:
    api.grant_access(gated, "bob")
    hf_hub_download(gated, "w.bin", token=other_token, cache_dir=tmp_path)
    api.auth_check(gated, token=other_token)
    assert [request.username for request in api.list_accepted_access_requests(gated)] == ["bob"]
    with pytest.raises(HfHubHTTPError) as error:
        api.grant_access(gated, "nobody-of-this-name")
    assert error.value.response.status_code == 404


def test_requests(api: HfApi, gated: str, other_token: str, tmp_path: Path) -> None:
    assert ask(api, gated, other_token) == "pending"
    with pytest.raises(GatedRepoError, match="awaiting a review"):
        hf_hub_download(gated, "config.json", token=other_token, cache_dir=tmp_path)
    [request] = api.list_pending_access_requests(gated)
    assert (request.username, request.status) == ("bob", "pending")
    api.reject_access_request(gated, "bob", rejection_reason="Not now.")
    assert [request.username for request in api.list_rejected_access_requests(gated)] == ["bob"]
    api.accept_access_request(gated, request_id=request.request_id)
    hf_hub_download(gated, "config.json", token=other_token, cache_dir=tmp_path)
    api.cancel_access_request(gated, "bob")
    assert [request.username for request in api.list_pending_access_requests(gated)] == ["bob"]
    with pytest.raises(HfHubHTTPError) as error:
        list(api.list_pending_access_requests(gated, token=other_token))
    assert error.value.response.status_code == 403


def test_automatic(api: HfApi, gated: str, other_token: str, tmp_path: Path) -> None:
    api.update_repo_settings(gated, gated="auto")
    assert ask(api, gated, other_token) == "accepted"
    hf_hub_download(gated, "config.json", token=other_token, cache_dir=tmp_path)
    api.update_repo_settings(gated, gated=False)
    hf_hub_download(gated, "w.bin", token=False, cache_dir=tmp_path / "anonymous")


def test_what_others_may_not_do(api: HfApi, gated: str, other_token: str) -> None:
    """Who may propose a change is told how; nobody proposes to delete a repository."""
    with pytest.raises(HfHubHTTPError, match="create_pr=1") as raised:
        api.upload_file(path_or_fileobj=b"x", path_in_repo="x", repo_id=gated, token=other_token)
    assert raised.value.response.status_code == 403
    refused = f"has no right to change {gated}"
    with pytest.raises(HfHubHTTPError, match=refused):
        api.delete_repo(gated, token=other_token)
    with pytest.raises(HfHubHTTPError, match=refused):
        api.create_branch(gated, branch="x", token=other_token)
    with pytest.raises(HfHubHTTPError, match=refused):
        api.update_repo_settings(gated, private=True, token=other_token)


def test_a_hash_opens_no_gate(api: HfApi, gated: str, other_token: str) -> None:
    """The list of files shows a large file's hash to everybody. A pointer to it elsewhere gives nothing."""
    [file] = api.get_paths_info(gated, "w.bin", token=other_token)
    assert file.lfs  # type: ignore[union-attr]
    sha256 = file.lfs.sha256  # type: ignore[union-attr]
    name = api.create_repo("bob/thief", token=other_token, exist_ok=True).repo_id
    headers = {"Authorization": f"Bearer {other_token}", "Content-Type": "application/x-ndjson"}
    lines = '{"key": "header", "value": {"summary": "x"}}\n'
    lines += f'{{"key": "lfsFile", "value": {{"path": "w.bin", "algo": "sha256", "oid": "{sha256}", "size": 2000}}}}\n'
    answer = get_session().post(
        f"{api.endpoint}/api/models/{name}/commit/main", content=lines, headers=headers
    )
    assert answer.status_code == 400
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize 2000\n"
    api.upload_file(path_or_fileobj=pointer.encode(), path_in_repo="p.txt", repo_id=name, token=other_token)
    answer = get_session().get(f"{api.endpoint}/{name}/resolve/main/p.txt", headers=headers)
    assert answer.status_code == 404
    api.delete_repo(name, token=other_token)
