"""Large files that came whole: one file each, named by its SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from practice_hub.errors import DamagedError, bad_request
from practice_hub.store.checked import Checked
from practice_hub.store.durable import move_into_place

PIECE = 1 << 20  # bytes that are read at a time


class Content(Protocol):
    """The bytes of something, wherever they are. `read` yields those from `start` up to `stop`."""

    @property
    def size(self) -> int: ...

    def read(self, start: int, stop: int) -> Iterator[bytes]: ...


class FileContent:
    """The bytes of a file on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = path.stat().st_size

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            file.seek(start)
            while start < stop and (piece := file.read(min(PIECE, stop - start))):
                start += len(piece)
                yield piece


class BytesContent:
    """Bytes that are in memory."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.size = len(data)

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        yield self.data[start:stop]


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class LargeFiles:
    """The folder of large files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._checked = Checked()

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256[2:]

    def find(self, sha256: str) -> FileContent | None:
        """The file of this hash, or None. Raises DamagedError if what is on disk has another hash."""
        path = self.path(sha256)
        if not path.is_file():
            return None
        if not self._checked.holds(path, lambda: sha256_of(path) == sha256):
            raise DamagedError(f"The large file {sha256}")
        return FileContent(path)

    def size(self, sha256: str) -> int | None:
        path = self.path(sha256)
        return path.stat().st_size if path.is_file() else None

    def add(self, received: Path, sha256: str, found: str | None = None) -> None:
        """Keep a received file. `found` is its hash, if that is known already.

        Raises HubError (400) if it is not the file that was announced.
        """
        if (found or sha256_of(received)) != sha256:
            raise bad_request(f"The uploaded content is not that of {sha256}. Upload it again.")
        move_into_place(received, self.path(sha256))

    def remove(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)
