"""Branches, tags and history."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from practice_hub import revisions
from practice_hub.call import Call
from practice_hub.clock import as_text
from practice_hub.proposals import PROPOSALS
from practice_hub.routing import Body, Need, Route

PAGE = 1000


def references(call: Call) -> dict[str, Any]:
    known = call.git.references()

    def those(prefix: str) -> list[dict[str, str]]:
        return [
            {"name": name.removeprefix(prefix), "ref": name, "targetCommit": oid}
            for name, oid in known.items()
            if name.startswith(prefix)
        ]

    answer = {"branches": those(revisions.BRANCHES), "converts": [], "tags": those(revisions.TAGS)}
    if call.flag("include_prs"):
        answer["pullRequests"] = those(PROPOSALS)
    return answer


def history(call: Call) -> Response:
    commits = [
        {
            "id": commit.oid,
            "title": commit.title,
            "message": commit.description,
            "authors": [{"user": commit.author}],
            "date": as_text(commit.when),
        }
        for commit in call.git.log(call.commit().oid)
    ]
    page, headers = call.page(commits, PAGE)
    return JSONResponse(page, headers=headers)


def create_branch(call: Call) -> dict[str, Any]:
    start = call.json().text("startingPoint", "main")
    revisions.create_branch(call.git, call.parts["branch"], start)
    return {}


def delete_branch(call: Call) -> dict[str, Any]:
    revisions.delete_branch(call.git, call.parts["branch"])
    return {}


def create_tag(call: Call) -> dict[str, Any]:
    revisions.create_tag(call.git, call.json().text("tag"), call.parts["revision"])
    return {}


def delete_tag(call: Call) -> dict[str, Any]:
    revisions.delete_tag(call.git, call.parts["revision"])
    return {}


def super_squash(call: Call) -> dict[str, Any]:
    message = call.json().text("message", "Super-squash history")
    revisions.squash(call.git, call.parts["branch"], message, call.user.account.name, call.hub.clock())
    return {}


ROUTES = (
    Route("GET", "/api/{kinds}/{repo}/refs", references, Need.SEE),
    Route("GET", "/api/{kinds}/{repo}/commits/{revision}", history, Need.SEE),
    Route("POST", "/api/{kinds}/{repo}/branch/{branch}", create_branch, Need.WRITE, Body.BYTES),
    Route("DELETE", "/api/{kinds}/{repo}/branch/{branch}", delete_branch, Need.WRITE),
    Route("POST", "/api/{kinds}/{repo}/tag/{revision}", create_tag, Need.WRITE, Body.BYTES),
    Route("DELETE", "/api/{kinds}/{repo}/tag/{revision}", delete_tag, Need.WRITE),
    Route("POST", "/api/{kinds}/{repo}/super-squash/{branch}", super_squash, Need.WRITE, Body.BYTES),
)
