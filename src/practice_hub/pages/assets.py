"""The stylesheets and pictures of the pages: those of the lesson, and a few of our own."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from starlette.responses import Response

from practice_hub.call import Call
from practice_hub.errors import HubError
from practice_hub.pages.page import HEADERS, shows
from spokeshave.theme import static_files
from spokeshave.theme.bundle import stylesheet

TYPES = {"css": "text/css", "svg": "image/svg+xml"}


@cache
def assets() -> dict[str, bytes]:
    """Name → content."""
    theme = static_files()
    own = files("practice_hub.pages") / "static"
    return {
        "spokeshave.css": stylesheet().encode(),
        "favicon.svg": theme["favicons/favicon.svg"],
        **{item.name: item.read_bytes() for item in own.iterdir()},
    }


def asset(call: Call) -> Response:
    content = assets().get(call.parts["name"])
    if content is None:
        raise HubError(404, "There is no page at this address.")
    kind = TYPES[call.parts["name"].rpartition(".")[2]]
    return Response(content, 200, HEADERS | {"Cache-Control": "no-cache"}, kind)


ROUTES = (shows("/static/{name}", asset),)
