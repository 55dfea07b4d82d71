"""What a block prints, caught at the level of the operating system: child processes and C code too."""

from __future__ import annotations

import ctypes
import io
import os
import sys
from pathlib import Path

LONGEST = 1_000_000
"""More bytes than these are cut off: no page shows them, and an endless loop prints many."""
STREAMS = ("stdout", "stderr")


class Capture:
    """Sends this process's standard output and error into two files, from now on."""

    def __init__(self, folder: Path) -> None:
        self._files = [
            os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600) for name in STREAMS
        ]
        for number, file in enumerate(self._files, 1):
            os.dup2(file, number)
        self._streams = [_open_stream(number) for number in (1, 2)]

    def start(self) -> None:
        """Forget what was printed, and give the block whole streams, whatever the last one did to them."""
        for place, name in enumerate(STREAMS):
            if self._streams[place].closed:
                os.dup2(self._files[place], place + 1)
                self._streams[place] = _open_stream(place + 1)
            setattr(sys, name, self._streams[place])
            setattr(sys, f"__{name}__", self._streams[place])
            os.ftruncate(self._files[place], 0)

    def stop(self) -> tuple[str, str]:
        """What went to standard output and error since the start."""
        for stream in self._streams:
            if not stream.closed:
                stream.flush()
        ctypes.CDLL(None).fflush(None)  # what C code printed and keeps in its own buffer
        out, errors = (read_start(os.dup(file)) for file in self._files)
        return out, errors


def _open_stream(number: int) -> io.TextIOWrapper:
    """A text stream into the open file `number`, which stays open when the stream is closed."""
    file = os.fdopen(number, "wb", closefd=False)
    return io.TextIOWrapper(file, "utf-8", "backslashreplace", line_buffering=True)


def read_start(file: int) -> str:
    """The text of an open file, up to a length; the file is closed."""
    with open(file, "rb") as stream:
        stream.seek(0)
        data = stream.read(LONGEST + 1)
    text = data[:LONGEST].decode("utf-8", "replace").replace("\r\n", "\n")
    return text if len(data) <= LONGEST else f"{text}\n[more than {LONGEST} bytes]\n"
