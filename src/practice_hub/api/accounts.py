"""Who am I, and who are the others."""

from __future__ import annotations

import hashlib
from typing import Any

from practice_hub.accounts import Account
from practice_hub.call import Call
from practice_hub.clock import as_text
from practice_hub.errors import HubError
from practice_hub.repositories import KINDS, Repository
from practice_hub.routing import Need, Route


def public_id(what: str) -> str:
    """An id as the real Hub's database has them: 24 hexadecimal digits."""
    return hashlib.sha256(what.encode()).hexdigest()[:24]


def whoami(call: Call) -> dict[str, Any]:
    account, token = call.user.account, call.user.token
    organizations = [
        {
            "type": "org",
            "id": public_id(f"account {organization.id}"),
            "name": organization.name,
            "fullname": organization.fullname,
            "email": None,
            "isEnterprise": False,
            "avatarUrl": "",
            "roleInOrg": role,
        }
        for organization, role in call.hub.accounts.organizations(account)
    ]
    return {
        "type": "user",
        "id": public_id(f"account {account.id}"),
        "name": account.name,
        "fullname": account.fullname,
        "email": None,
        "emailVerified": True,
        "canPay": False,
        "isPro": False,
        "periodEnd": None,
        "avatarUrl": "",
        "orgs": organizations,
        "auth": {
            "type": "access_token",
            "accessToken": {
                "displayName": token.name,
                "role": token.role,
                "createdAt": as_text(token.created),
            },
        },
    }


def agent_harnesses(call: Call) -> dict[str, Any]:
    """Which environment variables tell that an AI agent runs the client. None here."""
    return {"standardEnvVars": [], "harnesses": {}}


def _counts(call: Call, account: Account) -> dict[str, int]:
    visible = [
        repository
        for repository in call.hub.repositories.all()
        if repository.owner == account.name and call.hub.access.can_see(_asker(call), repository)
    ]
    return {f"num{kind.title()}s": sum(item.kind == kind for item in visible) for kind in KINDS}


def _asker(call: Call) -> Account | None:
    return call.login.account if call.login else None


def _account(call: Call, kind: str) -> Account:
    account = call.hub.accounts.find(call.parts["name"])
    if account is None or account.kind != kind:
        raise HubError(404, f"There is no {'user' if kind == 'user' else 'organization'} of this name.")
    return account


def _public(account: Account) -> dict[str, Any]:
    return {
        "_id": public_id(f"account {account.id}"),
        "user": account.name,
        "fullname": account.fullname,
        "avatarUrl": "",
        "isPro": False,
        "type": "user",
    }


def user_overview(call: Call) -> dict[str, Any]:
    account = _account(call, "user")
    organizations = [
        {"name": organization.name, "fullname": organization.fullname, "avatarUrl": ""}
        for organization, _ in call.hub.accounts.organizations(account)
    ]
    return (
        _public(account)
        | _counts(call, account)
        | {"orgs": organizations, "createdAt": as_text(account.created)}
    )


def organization_overview(call: Call) -> dict[str, Any]:
    account = _account(call, "org")
    members = call.hub.accounts.members(account)
    shown = {"name": account.name, "fullname": account.fullname, "avatarUrl": "", "numUsers": len(members)}
    return shown | _counts(call, account)


def organization_members(call: Call) -> list[Any]:
    return [_public(member) for member in call.hub.accounts.members(_account(call, "org"))]


def own_repositories(call: Call) -> list[Any]:
    account = _account(call, "org") if "name" in call.parts else call.user.account
    own = [
        repository
        for repository in call.hub.repositories.all()
        if repository.owner == account.name and call.hub.access.can_see(call.user.account, repository)
    ]
    return [_with_storage(call, repository) for repository in own]


def _with_storage(call: Call, repository: Repository) -> dict[str, Any]:
    description = call.hub.describe(repository)
    return {
        "_id": public_id(f"repository {repository.id}"),
        "id": repository.full_name,
        "type": repository.kind,
        "visibility": "private" if repository.private else "public",
        "storage": description.size,
        "updatedAt": as_text(description.commit.when),
    }


ROUTES = (
    Route("GET", "/api/whoami-v2", whoami, Need.LOGIN),
    Route("GET", "/api/agent-harnesses", agent_harnesses),
    Route("GET", "/api/users/{name}/overview", user_overview),
    Route("GET", "/api/organizations/{name}/overview", organization_overview),
    Route("GET", "/api/organizations/{name}/members", organization_members),
    Route("GET", "/api/settings/repositories", own_repositories, Need.LOGIN),
    Route("GET", "/api/organizations/{name}/settings/repositories", own_repositories, Need.LOGIN),
)
