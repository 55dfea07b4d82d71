"""The settings of a repository: who may see it, its gate, and who asked to get through it."""

from __future__ import annotations

from starlette.responses import Response

from practice_hub.call import Call
from practice_hub.errors import bad_request
from practice_hub.forms import read_form
from practice_hub.pages.page import go_to, link, page, shows, takes
from practice_hub.repositories import GATES
from practice_hub.routing import Need


def settings(call: Call) -> Response:
    access, repository = call.hub.access, call.repository
    return page(
        call,
        "settings.html",
        repository=repository,
        pending=access.requests(repository, "pending"),
        accepted=access.requests(repository, "accepted"),
        rejected=access.requests(repository, "rejected"),
    )


def change(call: Call) -> Response:
    given = read_form(call)
    gate = next((gate for gate in GATES if gate == given.get("gated")), None)
    if gate is None or given.get("visibility") not in {"public", "private"}:
        raise bad_request("The form is not complete.")
    call.hub.repositories.set_private(call.repository, private=given["visibility"] == "private")
    call.hub.repositories.set_gate(call.repository, gate)
    return go_to(link(call.repository, "settings"))


def decide(call: Call) -> Response:
    given = read_form(call)
    call.hub.access.decide(call.repository, given.get("user", ""), given.get("status", ""))
    return go_to(link(call.repository, "settings"))


ROUTES = (
    shows("{web}/{repo}/settings", settings, Need.WRITE),
    takes("{web}/{repo}/settings", change, Need.WRITE),
    takes("{web}/{repo}/settings/access", decide, Need.WRITE),
)
