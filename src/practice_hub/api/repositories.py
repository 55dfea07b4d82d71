"""Creating, deleting and moving repositories, and their settings."""

from __future__ import annotations

from typing import Any

from practice_hub.call import Call, Fields
from practice_hub.errors import HubError, bad_request, no_repository
from practice_hub.repositories import GATES, Gate, Repository
from practice_hub.routing import Body, Need, Route


def create(call: Call) -> dict[str, Any]:
    data = call.json()
    kind = data.text("type", "model")
    owner = data.text("organization", call.user.account.name)
    call.hub.access.check_namespace(call.user, owner, kind)
    account = call.hub.accounts.get(owner)
    private = _private(data)
    try:
        made = call.hub.repositories.create(
            account, kind, data.text("name"), call.user.account.name, private=bool(private)
        )
    except HubError as error:
        if "id" in error.more:  # it is there already: the client wants to know where
            old = call.hub.repositories.find(kind, str(error.more["id"]))
            error.more["url"] = call.base + old.web_path if old else ""
        raise
    return {"url": call.base + made.web_path, "name": made.full_name, "id": made.full_name}


def _private(data: Fields) -> bool | None:
    """What is asked for; None if nothing is. `private` is how clients before version 2 asked."""
    if "visibility" in data:
        visibility = data.text("visibility")
        if visibility not in {"public", "private"}:
            raise bad_request("visibility must be public or private")
        return visibility == "private"
    return bool(data.data["private"]) if "private" in data else None


def _named(call: Call, kind: str, full_name: str) -> Repository:
    found = call.hub.repositories.find(kind, full_name)
    if found is None:
        raise no_repository(logged_in=True)
    call.hub.access.check_write(call.user, found)
    return found


def delete(call: Call) -> dict[str, Any]:
    data = call.json()
    owner = data.text("organization", call.user.account.name)
    repository = _named(call, data.text("type", "model"), f"{owner}/{data.text('name')}")
    call.hub.delete_repository(repository)
    return {}


def move(call: Call) -> dict[str, Any]:
    data = call.json()
    kind = data.text("type", "model")
    repository = _named(call, kind, data.text("fromRepo"))
    owner, _, name = data.text("toRepo").partition("/")
    call.hub.access.check_namespace(call.user, owner, kind)
    call.hub.repositories.move(repository, call.hub.accounts.get(owner), name)
    return {}


def change_settings(call: Call) -> dict[str, Any]:
    data = call.json()
    repositories = call.hub.repositories
    if "gated" in data:
        repositories.set_gate(call.repository, _gate(data.data["gated"]))
    if (private := _private(data)) is not None:
        repositories.set_private(call.repository, private=private)
    now = repositories.get(call.repository.id) or call.repository
    return {"private": now.private, "gated": now.gated or False}


def _gate(value: Any) -> Gate:
    for gate in GATES:
        if value == (gate or False):
            return gate
    raise bad_request("gated must be one of auto, manual, false")


ROUTES = (
    Route("POST", "/api/repos/create", create, Need.LOGIN, Body.BYTES),
    Route("DELETE", "/api/repos/delete", delete, Need.LOGIN, Body.BYTES),
    Route("POST", "/api/repos/move", move, Need.LOGIN, Body.BYTES),
    Route("PUT", "/api/{kinds}/{repo}/settings", change_settings, Need.WRITE, Body.BYTES),
)
