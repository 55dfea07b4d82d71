"""The history of a version."""

from __future__ import annotations

from itertools import islice

from starlette.responses import Response

from practice_hub.call import Call
from practice_hub.pages.page import page, shows
from practice_hub.revisions import find_revision
from practice_hub.routing import Need

PAGE = 50


def commits(call: Call) -> Response:
    revision = call.parts["revision"]
    start = call.whole("skip", 0, 10**9)
    history = call.git.log(find_revision(call.git, revision).oid)
    found = list(islice(history, start, start + PAGE + 1))
    return page(
        call,
        "commits.html",
        repository=call.repository,
        revision=revision,
        commits=found[:PAGE],
        earlier=f"?skip={start + PAGE}" if len(found) > PAGE else "",
    )


ROUTES = (shows("{web}/{repo}/commits/{revision}", commits, Need.SEE),)
