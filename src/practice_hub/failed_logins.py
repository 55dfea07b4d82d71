"""Slows down whoever tries tokens."""

from __future__ import annotations

import time
from collections import deque

from practice_hub.errors import HubError

WINDOW = 60.0  # seconds


class FailedLogins:
    """Counts tokens that were none, by the address they came from. Good tokens are always let in."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._failed: dict[str, deque[float]] = {}

    def note(self, address: str) -> int | None:
        """Count a failure. Returns how many seconds to wait if there were too many, else None."""
        now = time.monotonic()
        if len(self._failed) > 10_000:
            self._failed.clear()
        times = self._failed.setdefault(address, deque(maxlen=self.most))
        if len(times) == self.most and now - times[0] < WINDOW:
            return int(WINDOW - (now - times[0])) + 1
        times.append(now)
        return None

    def check(self, address: str) -> None:
        """Count a failure. Raises HubError (429) if there were too many."""
        if wait := self.note(address):
            raise HubError(429, f"Too many tokens that are none. Wait {wait} seconds.")
