from __future__ import annotations

import secrets

import pytest
from huggingface_hub import CommitOperationAdd, HfApi, hf_hub_download, snapshot_download
from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError

from tests.practice_hub.client.conftest import PREFIX, NewRepo


def test_create(api: HfApi, namespace: str) -> None:
    name = f"{namespace}/{PREFIX}-{secrets.token_hex(4)}"
    url = api.create_repo(name)
    assert url.repo_id == name
    assert str(url).endswith(f"/{name}")
    with pytest.raises(HfHubHTTPError, match="already created") as error:
        api.create_repo(name)
    assert error.value.response.status_code == 409
    assert api.create_repo(name, exist_ok=True).repo_id == name
    assert api.list_repo_files(name) == [".gitattributes"]
    api.delete_repo(name)
    assert not api.repo_exists(name)
    with pytest.raises(RepositoryNotFoundError):
        api.delete_repo(name)
    api.delete_repo(name, missing_ok=True)


def test_create_without_owner(api: HfApi, namespace: str) -> None:
    name = f"{PREFIX}-{secrets.token_hex(4)}"
    assert api.create_repo(name).repo_id == f"{namespace}/{name}"
    api.delete_repo(name)


def test_datasets(api: HfApi, new_repo: NewRepo) -> None:
    name = new_repo("dataset")
    api.upload_file(path_or_fileobj=b"a,b\n", path_in_repo="data.csv", repo_id=name, repo_type="dataset")
    assert api.dataset_info(name).id == name
    with open(hf_hub_download(name, "data.csv", repo_type="dataset"), encoding="utf-8") as file:
        assert file.read() == "a,b\n"
    assert not api.repo_exists(name)  # as a model


@pytest.mark.practice_only
def test_spaces_are_kept_but_do_not_run(api: HfApi, namespace: str) -> None:
    name = f"{namespace}/{PREFIX}-{secrets.token_hex(4)}"
    api.create_repo(name, repo_type="space", space_sdk="static")
    api.upload_file(path_or_fileobj=b"<p>", path_in_repo="index.html", repo_id=name, repo_type="space")
    assert api.space_info(name).id == name
    api.delete_repo(name, repo_type="space")


def test_private(api: HfApi, new_repo: NewRepo) -> None:
    name = new_repo(private=True)
    assert api.model_info(name).private
    with pytest.raises(RepositoryNotFoundError):
        api.model_info(name, token=False)
    with pytest.raises(RepositoryNotFoundError):
        hf_hub_download(name, ".gitattributes", token=False)
    api.update_repo_settings(name, private=False)
    assert not api.model_info(name, token=False).private


@pytest.mark.practice_only
def test_other_accounts(
    api: HfApi, new_repo: NewRepo, other_token: str, read_token: str, namespace: str
) -> None:
    private, public = new_repo(private=True), new_repo()
    with pytest.raises(RepositoryNotFoundError):
        api.model_info(private, token=other_token)
    assert api.model_info(private, token=read_token).private
    for token in (other_token, read_token):
        with pytest.raises(HfHubHTTPError) as error:
            api.upload_file(path_or_fileobj=b"x", path_in_repo="x", repo_id=public, token=token)
        assert error.value.response.status_code == 403
        with pytest.raises(HfHubHTTPError) as error:
            api.delete_repo(public, token=token)
        assert error.value.response.status_code == 403
        with pytest.raises(HfHubHTTPError) as error:
            api.create_repo(f"{namespace}/not-mine", token=token)
        assert error.value.response.status_code == 403


def test_missing(api: HfApi, namespace: str) -> None:
    name = f"{namespace}/{PREFIX}-is-not-there"
    with pytest.raises(RepositoryNotFoundError):
        api.model_info(name)
    with pytest.raises(RepositoryNotFoundError):
        hf_hub_download(name, "config.json")
    with pytest.raises(RepositoryNotFoundError):
        snapshot_download(name)
    with pytest.raises(RepositoryNotFoundError):
        hf_hub_download(f"{PREFIX}-is-not-there", "config.json")
    with pytest.raises(
        RepositoryNotFoundError, match="Creating a commit assumes that the repo already exists"
    ):
        api.create_commit(name, [CommitOperationAdd("a", b"1")], commit_message="x")


def test_move(api: HfApi, repo: str) -> None:
    api.upload_file(path_or_fileobj=b"\0" * 2000, path_in_repo="w.bin", repo_id=repo)
    api.move_repo(repo, f"{repo}-new")
    assert api.model_info(f"{repo}-new").id == f"{repo}-new"
    with open(hf_hub_download(f"{repo}-new", "w.bin"), "rb") as file:
        assert file.read() == b"\0" * 2000
    api.move_repo(f"{repo}-new", repo)


@pytest.mark.practice_only
def test_bad_names(api: HfApi) -> None:
    with pytest.raises(HfHubHTTPError, match="cannot be the name of a repository") as error:
        api.create_repo("your-username/ends.ipynb")
    assert error.value.response.status_code == 400
