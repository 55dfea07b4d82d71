"""Who signed in on the web pages. Sessions live in memory: a Hub that starts again knows none."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

LIFETIME = 12 * 3600  # seconds: a day of teaching
MOST = 10_000


def cookie_name(base: str) -> str:
    """The cookie of the Hub at this address. Browsers share cookies between the ports of a machine."""
    return f"practice-hub-{urlsplit(base).port or 80}"


@dataclass(frozen=True, slots=True)
class Session:
    """A visitor who signed in with the token of this hash. `until` is on a clock that never goes back."""

    id: str
    token: str
    until: float


class Sessions:
    """The open sessions, by a hash of the cookie's value. The id of a session does not open it."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        """`seconds` says what time it is, on a clock that never goes back."""
        self._seconds = seconds
        self._open: dict[str, Session] = {}

    def start(self, token: str) -> str:
        """A session of the token with this hash. Returns the value of the cookie."""
        value = secrets.token_urlsafe(32)
        if len(self._open) >= MOST:
            self._open.pop(next(iter(self._open)), None)
        identifier = _id(value)
        self._open[identifier] = Session(identifier, token, self._seconds() + LIFETIME)
        return value

    def find(self, value: str) -> Session | None:
        session = self._open.get(_id(value)) if value else None
        return session if session and session.until > self._seconds() else None

    def end(self, identifier: str) -> None:
        self._open.pop(identifier, None)


def _id(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "surrogateescape")).hexdigest()
