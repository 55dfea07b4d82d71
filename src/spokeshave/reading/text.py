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
OUTSIDE = "this link leads out of the lesson, so it is not read"


def is_file(path: Path) -> bool:
    """Whether there is a file; no name is too strange to ask for."""
    try:
        return path.is_file()
    except OSError:  # a name longer than names may be
        return False


def is_inside(root: Path, path: Path) -> bool:
    """Whether `path`, with all links followed, is in the folder `root` of the lesson."""
    whole = os.path.realpath(root)
    return os.path.realpath(path).startswith(whole if whole.endswith(os.sep) else whole + os.sep)


def read_text(root: Path, path: str, report: Report) -> str:
    """The text of `root / path`: UTF-8 with or without a byte-order mark, lines ended by `\\n`.

    A file that cannot be read, or is outside the lesson, is an error in `report` and reads as empty. Control
    characters become U+FFFD.
    """
    if not is_inside(root, root / path):
        report.error(path, 0, OUTSIDE, "Put the file itself here")
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
