"""A text file, read so that no later stage has to care about encodings and line ends."""

from __future__ import annotations

import os
import re
from pathlib import Path

from spokeshave.reading.report import Report

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
"""Signs that HTML forbids; some of them are marks of our own in rendered pages."""
_ASCII_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Those of them in plain English text, which is looked through in a quarter of the time."""
_OUTSIDE = "this link leads out of the lesson, so it is not read"
_HIDDEN = "this leads to a hidden file or into the folder site, so it is not read"
_MAY_NOT_BE_READ = {_OUTSIDE: "Put the file itself here", _HIDDEN: "Put the file itself here, not hidden"}
"""Why a file is not read, and how to mend it."""


def is_file(path: Path) -> bool:
    """Whether there is a file; no name is too strange to ask for."""
    try:
        return path.is_file()
    except OSError:  # a name longer than names may be
        return False


def is_inside(root: Path, path: Path) -> bool:
    """Whether `path`, with all links followed, is in the folder `root` of the lesson, and for its readers.

    Hidden files are not, such as `.env` and `.git/config`, which may hold tokens; nor is what was built.
    """
    return not _why_not(root, path)


def _why_not(root: Path, path: Path) -> str:
    """Why `path` may not be read; empty if it may."""
    whole = os.path.join(os.path.realpath(root), "")
    place = os.path.realpath(path)
    if not place.startswith(whole):
        return _OUTSIDE
    parts = place.removeprefix(whole).split(os.sep)
    return _HIDDEN if parts[0] == "site" or any(part.startswith(".") for part in parts) else ""


def read_if_there(root: Path, path: str) -> str:
    """The text of `root / path` as far as it is UTF-8; empty if that is no file of the lesson, or cannot be read."""
    place = root / path
    try:
        raw = place.read_bytes() if is_file(place) and is_inside(root, place) else b""
    except OSError:
        return ""
    return normalized(raw.decode("utf-8", "replace"))


def read_text(root: Path, path: str, report: Report) -> str:
    """The text of `root / path`: UTF-8 with or without a byte-order mark, lines ended by `\\n`.

    A file that cannot be read, or is none of the lesson's, is an error in `report` and reads as empty. Control
    characters become U+FFFD.
    """
    reason = _why_not(root, root / path)
    if reason:
        report.error(path, 0, reason, _MAY_NOT_BE_READ[reason])
        return ""
    try:
        raw = (root / path).read_bytes()
    except OSError as error:
        report.error(
            path, 0, f"the file cannot be read ({error.strerror})", "Check that it is a file you may read"
        )
        return ""
    try:
        text = raw.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        line = normalized(raw[: error.start].decode("latin-1")).count("\n") + 1
        report.error(path, line, "this is not UTF-8 text", "Save the file in the UTF-8 encoding")
        return ""
    return normalized(text)


def normalized(text: str) -> str:
    """`text` with lines ended by `\\n` and U+FFFD in the place of control characters."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return without_controls(text)


def without_controls(text: str) -> str:
    """`text` with U+FFFD in the place of signs that HTML forbids."""
    return (_ASCII_CONTROLS if text.isascii() else _CONTROLS).sub("\ufffd", text)
