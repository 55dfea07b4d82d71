"""Pull requests, as far as uploads open them. There are no discussions here."""

from __future__ import annotations

from typing import Any

from practice_hub.call import Call
from practice_hub.clock import as_text
from practice_hub.errors import not_served
from practice_hub.proposals import Proposal
from practice_hub.routing import Body, Need, Route


def open_pull_request(call: Call) -> dict[str, Any]:
    data = call.json()
    if not data.data.get("pullRequest"):
        raise not_served("discussions")
    opened = call.hub.proposals.open(
        call.repository,
        call.git,
        commit=None,
        author=call.user.account.id,
        title=data.text("title"),
        description=data.text("description", ""),
        when=call.hub.clock(),
    )
    return _answer(call, opened)


def listed(call: Call) -> dict[str, Any]:
    known = call.hub.proposals.all(call.repository) if call.query.get("type") != "discussion" else []
    size = max(len(known), 1)
    start = call.whole("p", 0, 10**6) * size
    return {
        "discussions": [_answer(call, proposal) for proposal in known[start : start + size]],
        "count": len(known),
        "start": start,
        "numClosedDiscussions": 0,
    }


def details(call: Call) -> dict[str, Any]:
    proposal = call.hub.proposals.get(call.repository, int(call.parts["number"]))
    more: dict[str, Any] = {
        "events": [],
        "filesWithConflicts": [],
        "changes": {"base": "refs/heads/main"},
        "diff": None,
    }
    return _answer(call, proposal) | more


def _answer(call: Call, proposal: Proposal) -> dict[str, Any]:
    return {
        "num": proposal.number,
        "title": proposal.title,
        "author": {"name": proposal.author},
        "createdAt": as_text(proposal.created),
        "status": "open",
        "isPullRequest": True,
        "pinned": False,
        "repo": {"name": call.repository.full_name, "type": call.repository.kind},
    }


ROUTES = (
    Route("POST", "/api/{kinds}/{repo}/discussions", open_pull_request, Need.PROPOSE, Body.BYTES),
    Route("GET", "/api/{kinds}/{repo}/discussions", listed, Need.SEE),
    Route("GET", "/api/{kinds}/{repo}/discussions/{number#}", details, Need.SEE),
)
