"""Routes: which function answers which request, and what one must be allowed to do to ask it.

Addresses are matched as they came, still quoted: a branch `dev/x` travels as `dev%2Fx`, and routers that
decode first cannot tell it from two folders.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from urllib.parse import unquote

from starlette.responses import Response

from practice_hub.call import Call
from practice_hub.errors import bad_request
from practice_hub.limits import Limits

Handler = Callable[[Call], Response | dict[str, Any] | list[Any]]


class Need(Enum):
    """What a caller must be allowed to do. All but the first two ask for a repository in the address."""

    NOTHING = "nothing"
    LOGIN = "show a token"
    SEE = "see the repository"
    FILES = "read its files, also behind its gate"
    PROPOSE = "propose changes to it"
    WRITE = "change it"


class Body(Enum):
    """What comes with a request."""

    NONE = "nothing, or nothing of interest"
    BYTES = "something small, such as JSON; it is read into memory"
    FILE = "something that may be large; it is received into a file"
    FORM = "a form of one of this Hub's own pages, and of no other's"


# What may stand in a pattern. Any other {name} is one part of an address, {name#} a number, and {name*} the rest.
PARTS = {
    "{kinds}": "(?P<kinds>models|datasets|spaces)",
    "{web}": "(?:/(?P<web>datasets|spaces))?",
    "{repo}": r"(?P<repo>(?!api/)[^/]+/[^/]+?)",
}


def _request_limit(limits: Limits) -> int:
    return limits.request


@dataclass(frozen=True)
class Route:
    """One entry of the list. `limit` says how many bytes may come with it."""

    method: str
    pattern: str
    handler: Handler
    need: Need = Need.NOTHING
    body: Body = Body.NONE
    limit: Callable[[Limits], int] = _request_limit
    admit: Callable[[Call], object] | None = None  # asked before anything is received; raises HubError
    page: bool = False  # for people: what is refused is refused with a page too
    regex: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts = re.split(r"(\{\w+[*#]?\})", self.pattern)
        object.__setattr__(self, "regex", re.compile("".join(map(_part, parts))))


def _part(text: str) -> str:
    if not text.startswith("{"):
        return re.escape(text)
    if text in PARTS:
        return PARTS[text]
    if text.endswith("*}"):
        return f"(?P<{text[1:-2]}>.+)"
    return f"(?P<{text[1:-2]}>[0-9]{{1,9}})" if text.endswith("#}") else f"(?P<{text[1:-1]}>[^/]+)"


def match(routes: tuple[Route, ...], method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """The first route for a request, and the parts of its address, decoded. HEAD is answered as GET is.

    Raises HubError (400) if a part is not UTF-8 when decoded.
    """
    method = "GET" if method == "HEAD" else method
    for route in routes:
        if route.method == method and (found := route.regex.fullmatch(path)):
            try:
                parts = {key: unquote(value, errors="strict") for key, value in found.groupdict("").items()}
            except UnicodeDecodeError:
                raise bad_request("The address is not UTF-8.") from None
            return route, parts
    return None
