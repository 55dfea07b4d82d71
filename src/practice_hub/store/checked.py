"""Remembers which files were found to be undamaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

_Sign = tuple[int, int, int]


class Checked:
    """Files are checked once, and again when their size, time or place on disk has changed."""

    def __init__(self) -> None:
        self._signs: dict[Path, _Sign] = {}

    def holds(self, path: Path, check: Callable[[], bool]) -> bool:
        state = path.stat()
        sign = (state.st_size, state.st_mtime_ns, state.st_ino)
        if self._signs.get(path) == sign:
            return True
        if check():
            self._signs[path] = sign
            return True
        self._signs.pop(path, None)
        return False
