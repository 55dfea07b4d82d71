"""What the preview shows now, for the threads that answer browsers; and how they learn that it changed."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition

from spokeshave.problems import Problem

NOT_FOUND = "404.html"
_PARTS = ("image/", "font/", "video/", "audio/", "text/css", "text/javascript", "application/javascript")
"""Kinds of files that pages show or use. If one of them changes, every page is loaded anew."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A site in `folder` (`None`: there was none yet), and why a later state of the lesson is not shown.

    `digests` has a digest of every file of the site by path.
    """

    folder: Path | None = None
    digests: Mapping[str, str] = field(default_factory=dict)
    parts: str = ""
    """One digest of all that pages show or use beside their own text."""
    problems: tuple[Problem, ...] = ()

    def version(self, path: str) -> str:
        """What changes whenever the page at `path` of the site would look different."""
        return f"{self.digests.get(path) or self.digests.get(NOT_FOUND, '')}-{self.parts}"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def digest_of_parts(digests: Mapping[str, str]) -> str:
    """One digest of all files among `digests` that pages show or use."""
    used = [
        f"{path} {digests[path]}"
        for path in sorted(digests)
        if (mimetypes.guess_type(path)[0] or "").startswith(_PARTS)
    ]
    return digest("\n".join(used).encode())


class Board:
    """Holds what is shown. One thread writes, any number read and wait."""

    def __init__(self) -> None:
        self._shown = Shown()
        self._changed = Condition()
        self._closed = False

    @property
    def shown(self) -> Shown:
        return self._shown

    @property
    def closed(self) -> bool:
        return self._closed

    def show(self, shown: Shown) -> None:
        with self._changed:
            self._shown = shown
            self._changed.notify_all()

    def close(self) -> None:
        """End all waiting."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def wait(self, seen: Shown, seconds: float) -> Shown:
        """What is shown as soon as it is not `seen` any more, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._shown is not seen, seconds)
            return self._shown
