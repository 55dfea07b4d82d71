"""Finding repositories."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from starlette.responses import JSONResponse, Response

from practice_hub.api.answers import repository_answer
from practice_hub.call import Call
from practice_hub.errors import DamagedError, no_repository
from practice_hub.routing import Need, Route

PAGE = 1000
SHORT = frozenset(
    "_id id modelId private downloads likes tags pipeline_tag library_name createdAt trendingScore".split()
)
FULL = frozenset("author sha lastModified siblings gated disabled".split())
SORTS = {"created_at": "createdAt", "last_modified": "lastModified", "trending_score": "trendingScore"}


def find(call: Call) -> Response:
    found = [item for item in _visible(call) if _matches(call, item)]
    sort = call.query.get("sort", "trendingScore")
    sort = SORTS.get(sort, sort)
    found.sort(key=lambda item: (_sortable(item.get(sort)), item["createdAt"], item["id"]), reverse=True)
    page, headers = call.page(found, PAGE)
    shown = _shown(call)
    return JSONResponse([{k: v for k, v in item.items() if k in shown} for item in page], headers=headers)


def _visible(call: Call) -> list[dict[str, Any]]:
    asker = call.login.account if call.login else None
    hub = call.hub
    found = []
    for repository in hub.repositories.all(call.kind):
        if hub.access.can_see(asker, repository):
            with suppress(DamagedError):  # it is named to those who ask for this repository
                found.append(repository_answer(repository, hub.describe(repository)))
    return found


def _matches(call: Call, item: dict[str, Any]) -> bool:
    query = call.query
    return (
        query.get("author", item["author"]) == item["author"]
        and query.get("search", "").lower() in item["id"].lower()
        and all(tag in item["tags"] for tags in query.getlist("filter") for tag in tags.split(","))
        and query.get("pipeline_tag", item.get("pipeline_tag")) == item.get("pipeline_tag")
        and ("gated" not in query or call.flag("gated") == bool(item["gated"]))
    )


def _sortable(value: Any) -> tuple[int, str]:
    """Numbers as numbers, times and names as text."""
    return (value, "") if isinstance(value, int) else (0, str(value or ""))


def _shown(call: Call) -> frozenset[str]:
    if expand := call.query.getlist("expand"):
        return frozenset({"_id", "id", *expand})
    more = {name for name in ("cardData", "config") if call.flag(name)}
    return SHORT | more | (FULL if call.flag("full") else frozenset())


def no_namespace(call: Call) -> Response:
    """Names without an owner, such as `gpt2`: the real Hub has some, this one has none."""
    raise no_repository(logged_in=call.login is not None)


ROUTES = (
    Route("GET", "/api/{kinds}", find, Need.NOTHING),
    Route("GET", "/api/{kinds}/{name}", no_namespace),
    Route("GET", "/api/{kinds}/{name}/revision/{revision}", no_namespace),
    Route("GET", "/api/{kinds}/{name}/tree/{revision}", no_namespace),
    Route("GET", "{web}/{name}/resolve/{revision}/{path*}", no_namespace),
)
