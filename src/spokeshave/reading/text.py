"""A text file, read so that no later stage has to care about encodings and line ends."""

from __future__ import annotations

import re
from pathlib import Path

from spokeshave.reading.report import Report

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Signs that HTML forbids; some of them are marks of our own in rendered pages."""


def read_text(root: Path, path: str, report: Report) -> str:
    """The text of `root / path`: UTF-8 with or without a byte-order mark, lines ended by `\\n`.

    A file that cannot be read is an error in `report` and reads as empty. Control characters
    become U+FFFD.
    """
    try:
        raw = (root / path).read_bytes()
    except OSError as error:
        report.error(
            path, 0, f"the file cannot be read ({error.strerror})", "Check that it is a file you may read"
        )
        return ""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        report.error(path, line, "this is not UTF-8 text", "Save the file in the UTF-8 encoding")
        return ""
    return normalized(text)


def normalized(text: str) -> str:
    """`text` with lines ended by `\\n` and U+FFFD in the place of control characters."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("\ufffd", text)
