"""Writing one file so that whoever reads it meets the old content or the new one, never a part."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import mkstemp

from spokeshave.problems import LessonError, Problem


def write_file(path: Path, content: bytes, name: str) -> None:
    """Put `content` into the file at `path`, in a folder that is made if need be.

    Raises `LessonError` if it cannot be written, in which the file is called `name`.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        reason = error.strerror or str(error)
        problem = Problem(name, 0, f"the file cannot be written ({reason})", "Check space and rights")
        raise LessonError(problem) from error


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` into the file at `path`: beside it first, then in its place by a rename.

    The rights of an existing file are kept; a link stays a link. Raises `OSError`.
    """
    beside = write_beside(path, content)
    try:
        put(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def write_beside(path: Path, content: bytes) -> Path:
    """Write what is to be the file at `path` into a new file in its folder. Raises `OSError`; then there is none."""
    place = path.resolve()
    handle, name = mkstemp(prefix=f".{place.name}-", dir=place.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        if place.exists():
            shutil.copymode(place, beside)
        else:
            # mkstemp's files are private; a lesson's files are for everyone who may read its folder.
            beside.chmod(0o644)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return beside


def put(beside: Path, path: Path) -> None:
    """Let the file that `write_beside` wrote be the one at `path`. This needs no room on the disk."""
    beside.replace(path.resolve())
