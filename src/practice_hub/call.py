"""A request, read and checked as far as its route asks: what the functions that answer get."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlencode

from starlette.datastructures import Headers, QueryParams

from practice_hub.accounts import Login
from practice_hub.errors import bad_request, login_needed, no_repository
from practice_hub.hub import Hub
from practice_hub.repositories import Repository
from practice_hub.revisions import find_revision
from practice_hub.store.git import Commit, GitRepository

T = TypeVar("T")


@dataclass(frozen=True)
class Received:
    """What came with a request: bytes, or a file with its SHA-256."""

    data: bytes = b""
    file: Path | None = None
    sha256: str = ""
    size: int = 0


class Fields:
    """The fields of a JSON object that came in. Reading one that is missing or of another type is a HubError (400)."""

    def __init__(self, data: object) -> None:
        if not isinstance(data, dict):
            raise bad_request("A JSON object is expected.")
        self.data: dict[str, Any] = data

    def text(self, name: str, default: str | None = None) -> str:
        value = self.data.get(name)
        if value is None and default is not None:
            return default
        return value if isinstance(value, str) and _is_text(value) else self._wrong(name, "a text")

    def number(self, name: str) -> int:
        value = self.data.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 62:
            self._wrong(name, "a number")
        return value

    def items(self, name: str) -> list[Fields]:
        return [Fields(item) for item in self._list(name)]

    def texts(self, name: str) -> list[str]:
        values = self._list(name)
        return (
            values
            if all(isinstance(value, str) and _is_text(value) for value in values)
            else self._wrong(name, "a list of texts")
        )

    def inside(self, name: str) -> Fields:
        return Fields(self.data.get(name))

    def _list(self, name: str) -> list[Any]:
        value = self.data.get(name)
        return value if isinstance(value, list) else self._wrong(name, "a list")

    def __contains__(self, name: str) -> bool:
        return self.data.get(name) is not None

    @staticmethod
    def _wrong(name: str, expected: str) -> NoReturn:
        raise bad_request(f'"{name}" must be {expected}.')


def _is_text(value: str) -> bool:
    """JSON can hold halves of signs (surrogates), which are no text: nothing can store or send them."""
    return not any("\ud800" <= sign < "\ue000" for sign in value)


@dataclass(frozen=True)
class Call:
    """One request. `base` is the address under which the caller knows this Hub, such as http://127.0.0.1:8100."""

    hub: Hub
    method: str
    base: str
    path: str
    parts: Mapping[str, str]
    query: QueryParams
    headers: Headers
    login: Login | None = None
    found: Repository | None = None
    received: Received = Received()
    address: str = ""  # of the machine that asks
    session: str = ""  # what forms on the visitor's pages are bound to; empty if nobody is signed in

    @property
    def user(self) -> Login:
        """Who asks. Raises HubError (401) if that is not known."""
        if self.login is None:
            raise login_needed()
        return self.login

    @property
    def repository(self) -> Repository:
        """The repository in the address."""
        if self.found is None:
            raise no_repository(logged_in=self.login is not None)
        return self.found

    @property
    def git(self) -> GitRepository:
        return self.hub.repositories.git(self.repository)

    @property
    def kind(self) -> str:
        """The kind of repository that the address speaks of: model, dataset or space."""
        return (self.parts.get("kinds") or self.parts.get("web") or "models").removesuffix("s")

    def json(self) -> Fields:
        """Raises HubError (400) if what came is no JSON object."""
        try:
            return Fields(json.loads(self.received.data or b"{}"))
        except (ValueError, RecursionError):
            raise bad_request("The request is not JSON.") from None

    def flag(self, name: str) -> bool:
        """Whether a word of the query is set: the client writes `True`, `true` or `1`."""
        return self.query.get(name, "").lower() in {"true", "1"}

    def whole(self, name: str, default: int, most: int) -> int:
        """A whole number of the query, between 0 and `most`. Raises HubError (400) if it is none."""
        text = self.query.get(name)
        if text is None:
            return default
        if not text.isascii() or not text.isdigit() or len(text) > 9:
            raise bad_request(f"{name} must be a number.")
        return min(int(text), most)

    def page(self, items: list[T], size: int) -> tuple[list[T], dict[str, str]]:
        """One page of a list, and the header that leads to the next one."""
        start = self.whole("cursor", 0, 10**9)
        size = max(self.whole("limit", size, size), 1)
        headers = {}
        if start + size < len(items):
            others = [(key, value) for key, value in self.query.multi_items() if key != "cursor"]
            address = f"{self.base}{self.path}?{urlencode([*others, ('cursor', start + size)])}"
            headers["Link"] = f'<{address}>; rel="next"'
        return items[start : start + size], headers

    def commit(self) -> Commit:
        """The version in the address. Raises HubError (404) if there is none."""
        return find_revision(self.git, self.parts.get("revision") or "main")
