from __future__ import annotations

import pytest
from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError

from practice_hub.running import RunningHub


def test_who_am_i(api: HfApi, namespace: str) -> None:
    me = api.whoami()
    assert me["type"] == "user"
    assert me["name"] == namespace
    assert me["auth"]["accessToken"]["role"] in {"write", "fineGrained"}


def test_a_token_that_is_none(api: HfApi, namespace: str) -> None:
    with pytest.raises(HfHubHTTPError, match="Invalid user token") as error:
        api.whoami(token="hf_wrong")
    assert error.value.response.status_code == 401
    with pytest.raises(HfHubHTTPError) as error:
        api.model_info(f"{namespace}/whatever", token="hf_wrong")
    assert error.value.response.status_code == 401
    assert not isinstance(error.value, RepositoryNotFoundError)


@pytest.mark.practice_only
def test_organizations(api: HfApi, running: RunningHub, namespace: str, other_token: str, mode: str) -> None:
    organization = f"guild-{mode}"
    running.hub.accounts.add_organization(organization, {namespace: "write"})
    assert [one["name"] for one in api.whoami()["orgs"] if one["name"] == organization] == [organization]
    name = api.create_repo(f"{organization}/shared", private=True).repo_id
    assert api.model_info(name).author == organization
    with pytest.raises(RepositoryNotFoundError):
        api.model_info(name, token=other_token)
    assert [user.username for user in api.list_organization_members(organization)] == [namespace]
    assert api.get_organization_overview(organization).num_models == 1
    assert [item.id for item in api.list_user_repos(organization)] == [name]
    api.delete_repo(name)


@pytest.mark.practice_only
def test_overview_of_a_user(api: HfApi, namespace: str, repo: str) -> None:
    overview = api.get_user_overview(namespace)
    assert overview.username == namespace
    assert overview.num_models
    assert repo in [item.id for item in api.list_user_repos()]
