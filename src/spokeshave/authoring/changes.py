"""Several files written as one change: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from spokeshave.problems import LessonError, Problem
from spokeshave.whole_file import put, write_beside


@dataclass(frozen=True, slots=True)
class Change:
    """A file's content before and after. `None`: there is no such file."""

    path: str
    old: bytes | None
    new: bytes | None


def write_changes(root: Path, changes: Sequence[Change]) -> None:
    """Write the changes in their order: all of them beside their places first, so that a full disk stops none halfway.

    If one cannot be put in its place, those before it are taken back.

    Raises `LessonError` for that, and where a file is not what it was when the change was made up.
    """
    for change in changes:
        if _content(root / change.path) != change.old:
            raise LessonError(
                Problem(change.path, 0, "the file was changed in the meantime", "Run the command again")
            )
    written: dict[str, Path] = {}
    done: list[Change] = []
    path = ""
    try:
        for change in changes:
            path = change.path
            if change.new is not None:
                written[path] = _beside(root / path, change.new)
        for change in changes:
            path = change.path
            _put(root / path, written.pop(path, None))
            done.append(change)
    except OSError as error:
        _take_back(root, done)
        reason = error.strerror or str(error)
        message = f"the file cannot be written ({reason}); nothing was changed"
        raise LessonError(Problem(path, 0, message, "Check space and rights")) from error
    finally:
        for beside in written.values():
            beside.unlink(missing_ok=True)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _beside(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_beside(path, content)


def _put(path: Path, beside: Path | None) -> None:
    if beside is None:
        path.unlink()
    else:
        put(beside, path)


def _take_back(root: Path, done: Sequence[Change]) -> None:
    for change in reversed(done):
        path = root / change.path
        _put(path, None if change.old is None else write_beside(path, change.old))
