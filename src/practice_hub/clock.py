"""What time it is. A fixed clock makes the same commits have the same ids on each run."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], int]  # seconds since 1970, UTC


def real_clock() -> int:
    return int(time.time())


def fixed_clock(text: str) -> Clock:
    """A clock that always shows one time, given as in `2026-01-31T12:00:00`; UTC unless it says otherwise.

    Raises ValueError if the text is no such time.
    """
    when = datetime.fromisoformat(text)
    seconds = int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp())
    return lambda: seconds


def as_text(seconds: int) -> str:
    """A time as the Hub writes it: `2026-01-31T12:00:00.000Z`."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
