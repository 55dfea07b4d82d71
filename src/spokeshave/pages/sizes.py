"""How large a file is, for people."""

from __future__ import annotations

from math import ceil


def size_text(size: int) -> str:
    """A number of bytes in whole kB or MB, rounded up: a reader wants to know whether to wait."""
    return f"{ceil(size / 1000)} kB" if size < 1_000_000 else f"{ceil(size / 1_000_000)} MB"
