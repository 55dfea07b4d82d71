"""The folder `site` of a lesson: what is built and remembered is there. Somebody else may have filled it with links."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from spokeshave.problems import LessonError, Problem

_is_junction: Callable[[Path], bool] = getattr(os.path, "isjunction", os.path.islink)
"""What Windows has beside links; Python 3.11 cannot tell."""


def first_link(folder: Path, path: str) -> Path | None:
    """The first link on the way from `folder` to what is at `path` in it, if there is one."""
    place = folder
    for part in PurePosixPath(path).parts:
        place /= part
        if place.is_symlink() or _is_junction(place):
            return place
    return None


def in_site(root: Path, name: str, instead: str = "") -> Path:
    """Where `site/NAME` of the lesson in `root` is.

    Raises `LessonError` if a link is on the way there: a lesson must not choose which folders of its readers are
    written. `instead` is what else they may do.
    """
    link = first_link(root, f"site/{name}")
    if link is not None:
        message = "this link leads to another place, so nothing is read or written there"
        path = link.relative_to(root).as_posix()
        raise LessonError(Problem(path, 0, message, f"Remove the link{instead}"))
    return root / "site" / name
