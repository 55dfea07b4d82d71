"""What a block prints, caught at the level of the operating system: child processes and C code too."""

from __future__ import annotations

import ctypes
import io
import os
import sys
from contextlib import suppress
from pathlib import Path

LONGEST = 1_000_000
"""More bytes than these are cut off: no page shows them, and an endless loop prints many."""
STREAMS = ("stdout", "stderr")


class Capture:
    """Sends this process's standard output and error into two files, one block after another.

    Nothing is kept open in between but what the code itself may use, so it can close what it likes.
    """

    def __init__(self, folder: Path) -> None:
        self._files = [folder / name for name in STREAMS]

    def start(self) -> None:
        """Forget what was printed, and give the block whole streams, whatever the last one did to them."""
        for number, (name, path) in enumerate(zip(STREAMS, self._files, strict=True), 1):
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_TRUNC, 0o600)
            if file != number:
                os.dup2(file, number)
                os.close(file)
            stream = io.TextIOWrapper(
                os.fdopen(number, "wb", closefd=False), "utf-8", "backslashreplace", line_buffering=True
            )
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)

    def stop(self) -> tuple[str, str]:
        """What went to standard output and error since the start."""
        for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
            # The block may have closed it, put something else into its place, or filled the disk.
            with suppress(Exception):
                stream.flush()  # type: ignore[union-attr]
        ctypes.CDLL(None).fflush(None)  # what C code printed and keeps in its own buffer
        out, errors = (read_start(path) for path in self._files)
        return out, errors


def read_start(file: Path) -> str:
    """The text of a file, up to a length; nothing if there is no such file."""
    if not file.is_file():
        return ""
    with open(file, "rb") as stream:
        data = stream.read(LONGEST + 1)
    text = data[:LONGEST].decode("utf-8", "replace").replace("\r\n", "\n")
    return text if len(data) <= LONGEST else f"{text}\n[more than {LONGEST} bytes]\n"
