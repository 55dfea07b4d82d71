"""Several files written as one change: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from spokeshave.problems import LessonError, Problem
from spokeshave.whole_file import write_whole


@dataclass(frozen=True, slots=True)
class Change:
    """A file's content before and after. `None`: there is no such file."""

    path: str
    old: bytes | None
    new: bytes | None


def write_changes(root: Path, changes: Sequence[Change]) -> None:
    """Write the changes in their order. If one cannot be written, those before it are taken back.

    Raises `LessonError` for that, and where a file is not what it was when the change was made up.
    """
    for change in changes:
        if _content(root / change.path) != change.old:
            raise LessonError(
                Problem(change.path, 0, "the file was changed in the meantime", "Run the command again")
            )
    done: list[Change] = []
    for change in changes:
        try:
            _put(root / change.path, change.new)
        except OSError as error:
            for earlier in reversed(done):
                _put(root / earlier.path, earlier.old)
            reason = error.strerror or str(error)
            raise LessonError(
                Problem(
                    change.path,
                    0,
                    f"the file cannot be written ({reason}); nothing was changed",
                    "Check space and rights",
                )
            ) from error
        done.append(change)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _put(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
