"""Gated repositories: asking for access, and deciding."""

from __future__ import annotations

from typing import Any

from practice_hub.api.accounts import public_id
from practice_hub.call import Call
from practice_hub.clock import as_text
from practice_hub.errors import HubError
from practice_hub.routing import Body, Need, Route


def auth_check(call: Call) -> dict[str, Any]:
    """Nothing but the check of what the route needs."""
    return {}


def ask(call: Call) -> dict[str, Any]:
    return {"status": call.hub.access.ask(call.user.account, call.repository)}


def _request_id(call: Call, number: int) -> str:
    return public_id(f"access request {call.repository.id} {number}")


def requests(call: Call) -> list[Any]:
    return [
        {
            "requestId": _request_id(call, request.id),
            "status": request.status,
            "timestamp": as_text(request.requested),
            "user": {
                "_id": public_id(f"user {request.user}"),
                "user": request.user,
                "fullname": request.fullname,
                "email": None,
                "avatarUrl": "",
            },
        }
        for request in call.hub.access.requests(call.repository, call.parts["status"])
    ]


def grant(call: Call) -> dict[str, Any]:
    call.hub.access.grant(call.repository, call.json().text("user"))
    return {}


def decide(call: Call) -> dict[str, Any]:
    data = call.json()
    user = data.text("user") if "user" in data else _user_of(call, data.text("requestId"))
    call.hub.access.decide(call.repository, user, data.text("status"))
    return {}


def _user_of(call: Call, request_id: str) -> str:
    for status in ("pending", "accepted", "rejected"):
        for request in call.hub.access.requests(call.repository, status):
            if _request_id(call, request.id) == request_id:
                return request.user
    raise HubError(404, "There is no such access request.")


ROUTES = (
    Route("GET", "/api/{kinds}/{repo}/auth-check", auth_check, Need.FILES),
    Route("GET", "/api/{kinds}/{repo}/auth-check/write", auth_check, Need.WRITE),
    Route("POST", "{web}/{repo}/ask-access", ask, Need.SEE),
    Route("GET", "/api/{kinds}/{repo}/user-access-request/{status}", requests, Need.WRITE),
    Route("POST", "/api/{kinds}/{repo}/user-access-request/grant", grant, Need.WRITE, Body.BYTES),
    Route("POST", "/api/{kinds}/{repo}/user-access-request/handle", decide, Need.WRITE, Body.BYTES),
)
