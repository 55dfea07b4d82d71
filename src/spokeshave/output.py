"""The output folder: built beside the last good site, then put in its place with a rename."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType
from typing import BinaryIO, Self, TextIO

from spokeshave.problems import LessonError, Problem

_MARKER = ".nojekyll"
"""A file that every built site has: a folder without it is not ours to replace."""


class OutputFolder:
    """A site being written. Use it as a context; only `finish` makes the site visible.

    Without `finish`, or if anything raises, what stood at `target` before stays as it was.
    """

    def __init__(self, target: Path) -> None:
        self.target = target.absolute()
        self.paths: set[str] = set()
        """The paths written so far, relative to the site."""
        self._staging = Path()
        self._folders: set[Path] = set()

    def __enter__(self) -> Self:
        try:
            self.target.parent.mkdir(parents=True, exist_ok=True)
            self._recover()
            self._staging = Path(mkdtemp(prefix=f".{self.target.name}-", dir=self.target.parent))
        except OSError as error:
            raise self._problem(error) from error
        # mkdtemp's folders are private; a site is for everyone who may read its parent.
        self._staging.chmod(0o755)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._staging, ignore_errors=True)

    def write(self, path: str, content: str | bytes) -> None:
        """Write one file of the site."""
        data = content.encode() if isinstance(content, str) else content
        try:
            self._place(path).write_bytes(data)
        except OSError as error:
            raise self._problem(error) from error

    def stream(self, path: str) -> TextIO:
        """A file of the site that is written piece by piece; its opener closes it."""
        try:
            return self._place(path).open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise self._problem(error) from error

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
            return self._place(path).open("wb")
        except OSError as error:
            raise self._problem(error) from error

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
            with file, self._place(path).open("wb") as target:
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
            return (self.target / path).read_bytes()
        except OSError:
            return None

    def keep(self, folder: str) -> None:
        """Take over a folder of the last good site."""
        for source in sorted((self.target / folder).rglob("*")):
            if source.is_file():
                self.copy(source.relative_to(self.target).as_posix(), source)

    def finish(self) -> None:
        """Put the finished site in the place of the one before."""
        old = self.target.with_name(f".{self.target.name}.old")
        try:
            if self.target.exists():
                self.target.rename(old)
            self._staging.rename(self.target)
        except OSError as error:
            raise self._problem(error) from error
        shutil.rmtree(old, ignore_errors=True)

    def _place(self, path: str) -> Path:
        self.paths.add(path)
        place = self._staging / path
        if place.parent not in self._folders:
            place.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(place.parent)
        return place

    def _recover(self) -> None:
        """Bring back the last good site if an earlier build died between its two renames."""
        old = self.target.with_name(f".{self.target.name}.old")
        if old.is_dir():
            if self.target.exists():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.rename(self.target)
        if self.target.is_dir() and any(self.target.iterdir()) and not (self.target / _MARKER).is_file():
            raise LessonError(
                Problem(
                    os.fspath(self.target),
                    0,
                    "the output folder holds something that is not a built site",
                    "Choose another folder with --to, or empty this one",
                )
            )

    def _problem(self, error: OSError) -> LessonError:
        reason = error.strerror or str(error)
        place = os.fspath(error.filename or self.target)
        return LessonError(
            Problem(
                place, 0, f"the site cannot be written here ({reason})", "Check space and rights, or use --to"
            )
        )
