"""The output folder: built beside the last good site, then put in its place in one step."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType
from typing import IO, BinaryIO, Self, TextIO

from spokeshave.lock import Lock
from spokeshave.problems import LessonError, Problem
from spokeshave.site_folder import first_link
from spokeshave.swap import clear_leftovers, put_in_place, staging_prefix

_MARKER = ".nojekyll"
"""A file that every built site has: a folder without it is not ours to replace."""
_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})
"""Faults of a disk, from whichever call they come."""


class OutputFolder:
    """A site being written. Use it as a context; only `finish` makes the site visible.

    Without `finish`, or if anything raises, what stood at `target` before stays as it was. One at a time may write to
    a target: another one, in this process or in another, waits in the beginning of its context until the first one's
    ends. `wait` is called before that.
    """

    def __init__(self, target: Path, wait: Callable[[], object] = bool) -> None:
        self.target = target.absolute()
        self.paths: set[str] = set()
        """The paths written so far, relative to the site."""
        self._place = Path(os.path.realpath(target))  # a link stays a link
        self._lock_file = self._place.with_name(f".{self._place.name}.lock")
        self._lock = Lock(self._lock_file)
        self._wait = wait
        self._staging = Path()
        self._folders: set[Path] = set()
        self._streams: list[IO[str] | IO[bytes]] = []

    def __enter__(self) -> Self:
        if self._lock_file.is_symlink():
            message = "this is a link, and a lock must be a file"
            raise LessonError(Problem(os.fspath(self._lock_file), 0, message, "Remove it"))
        try:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(self._wait)
        except OSError as error:
            raise self._problem(error) from error
        try:
            clear_leftovers(self._place)
            self._check()
            self._staging = Path(mkdtemp(prefix=staging_prefix(self._place), dir=self._place.parent))
            # mkdtemp's folders are private; a site is for everyone who may read its parent.
            self._staging.chmod(0o755)
        except BaseException as error:
            self._lock.release()
            if isinstance(error, OSError):
                raise self._problem(error) from error
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for stream in self._streams:
            with suppress(OSError):
                stream.close()
        shutil.rmtree(self._staging, ignore_errors=True)
        self._lock.release()
        if isinstance(error, OSError) and error.errno in _DISK:
            raise self._problem(error) from error

    def write(self, path: str, content: str | bytes) -> None:
        """Write one file of the site."""
        data = content.encode() if isinstance(content, str) else content
        try:
            self._new(path).write_bytes(data)
        except OSError as error:
            raise self._problem(error) from error

    def stream(self, path: str) -> TextIO:
        """A file of the site that is written piece by piece; its opener closes it."""
        try:
            stream = self._new(path).open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise self._problem(error) from error
        self._streams.append(stream)
        return stream

    def amend(self, path: str, old: str, new: str) -> None:
        """Replace the first `old` of a file written before."""
        if old == new:
            return
        place = self._staging / path
        try:
            place.write_bytes(place.read_bytes().replace(old.encode(), new.encode(), 1))
        except OSError as error:
            raise self._problem(error) from error

    def binary(self, path: str) -> BinaryIO:
        """A file of the site that is written piece by piece, as bytes; its opener closes it."""
        try:
            stream = self._new(path).open("wb")
        except OSError as error:
            raise self._problem(error) from error
        self._streams.append(stream)
        return stream

    def open(self, path: str) -> BinaryIO:
        """A file written before, to be read; its opener closes it."""
        return (self._staging / path).open("rb")

    def overwrite(self, path: str, start: int, text: str) -> None:
        """Replace as many bytes as `text` has, from byte `start` on, of a file written before."""
        try:
            with (self._staging / path).open("r+b") as file:
                file.seek(start)
                file.write(text.encode())
        except OSError as error:
            raise self._problem(error) from error

    def copy(self, path: str, source: Path, called: str = "") -> None:
        """Copy a file into the site. `called` is what a message calls the file, if it cannot be read."""
        try:
            file = source.open("rb")
        except OSError as error:
            place, reason = called or os.fspath(source), error.strerror or str(error)
            fix = "Check that it is a file you may read"
            raise LessonError(Problem(place, 0, f"the file cannot be read ({reason})", fix)) from error
        try:
            with file, self._new(path).open("wb") as target:
                shutil.copyfileobj(file, target, 1 << 20)
        except OSError as error:
            raise self._problem(error) from error

    def remove(self, path: str) -> None:
        """Take back a file that was written."""
        self.paths.discard(path)
        (self._staging / path).unlink(missing_ok=True)

    def last(self, path: str) -> bytes | None:
        """A file of the last good site, if there is one."""
        try:
            return (self.target / path).read_bytes() if self._is_built(path) else None
        except OSError:
            return None

    def keep(self, folder: str) -> None:
        """Take over a folder of the last good site."""
        if first_link(self.target, folder) is not None:  # it could hold a whole disk
            return
        for source in sorted((self.target / folder).rglob("*")):
            path = source.relative_to(self.target).as_posix()
            if self._is_built(path):
                self.copy(path, source)

    def finish(self) -> None:
        """Put the finished site in the place of the one before."""
        try:
            put_in_place(self._staging, self._place)
        except OSError as error:
            raise self._problem(error) from error

    def _is_built(self, path: str) -> bool:
        """Whether the last site has this file. No build makes links: one is somebody else's, and leads anywhere."""
        return first_link(self.target, path) is None and (self.target / path).is_file()

    def _new(self, path: str) -> Path:
        self.paths.add(path)
        place = self._staging / path
        if place.parent not in self._folders:
            place.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(place.parent)
        return place

    def _check(self) -> None:
        """Raises `LessonError` if what is at the target is not ours to replace."""
        if not self._place.exists() or (self._place / _MARKER).is_file():
            return
        if not self._place.is_dir():
            held, fix = "the output folder is a file", "remove this one"
        elif any(self._place.iterdir()):
            held, fix = "the output folder holds something that is not a built site", "empty this one"
        else:
            return
        raise LessonError(
            Problem(os.fspath(self.target), 0, held, f"Choose another folder with --to, or {fix}")
        )

    def _problem(self, error: OSError) -> LessonError:
        reason = error.strerror or str(error)
        place = os.fspath(error.filename or self.target)
        return LessonError(
            Problem(
                place, 0, f"the site cannot be written here ({reason})", "Check space and rights, or use --to"
            )
        )
