"""Names of files: which of them can be told, linked to and written on every system."""

from __future__ import annotations

import re
from unicodedata import normalize

from spokeshave.reading.report import Report

_STRANGE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Controls and line ends; surrogates stand for bytes that are not UTF-8."""
_LONGEST = 200
"""In bytes. Names made from a page's are longer; 255 is the most that file systems take."""


def is_usable(path: str, report: Report) -> bool:
    """Whether the file at `path` can become a part of the site by its name; if not, that is told to `report`."""
    if not _STRANGE.search(path):
        return True
    told = path.encode("unicode_escape").decode("ascii")
    message = "this name has bytes or signs that are no text, so the file is left out"
    report.warning(told, 0, message, "Rename the file")
    return False


def is_too_long(name: str) -> bool:
    """Whether a page's name leaves no room for the names that are made from it."""
    return len(name.encode()) > _LONGEST


def folded(path: str) -> str:
    """What Windows and macOS take for the same name is the same text here."""
    return normalize("NFC", normalize("NFC", path).casefold())


def warn_of_twin(path: str, other: str, report: Report) -> None:
    """Tell that two names are one on some systems."""
    message = f"on Windows and macOS this is the same name as {other}: one replaces the other there"
    report.warning(path, 0, message, "Rename one of the two")
