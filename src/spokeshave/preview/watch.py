"""Which of a lesson's files changed since the last look.

The files are looked at, many times a second: that finds what editors write by a rename, and works in
containers and on network folders, where systems tell of no changes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from time import sleep

from spokeshave.reader import FOLDERS
from spokeshave.reading.pages import MARKDOWN

_WHOLE = (*FOLDERS, "data", "fig", "files")
"""Folders of the root that are looked through to their last level; of the others, Markdown files alone count."""
_NEVER = frozenset({"site", "renv"})
_SETTLE = 0.015  # seconds; an editor may write a file in two steps
_LOOKS = 20
"""How often a lesson that keeps changing is looked at before its changes are told."""

Look = dict[str, tuple[int, int, int]]
"""Files by their path below the root: time of change in ns, size in bytes, number of the inode."""


class Watch:
    """Looks at the lesson in the folder `root`. Changes count from the moment it is made."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known = look(root)

    def changes(self) -> frozenset[str]:
        """Paths of files that are new, gone or different since the last call. Waits until they stand still."""
        now = look(self._root)
        if now == self._known:
            return frozenset()
        for _ in range(_LOOKS):
            sleep(_SETTLE)
            before, now = now, look(self._root)
            if now == before:
                break
        known, self._known = self._known, now
        return frozenset(path for path in known.keys() | now.keys() if known.get(path) != now.get(path))


def look(root: Path) -> Look:
    """The files that a lesson may be made from, as they are now."""
    found: Look = {}
    for entry in _entries(root):
        if entry.is_dir():
            for path, file in _files(entry, deep=entry.name in _WHOLE):
                _add(found, path, file)
        else:
            _add(found, entry.name, entry)
    return found


def _files(folder: os.DirEntry[str], *, deep: bool) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Files of a first-level folder with their paths."""
    if folder.name in _NEVER:
        return
    waiting = [(folder.name, Path(folder))]
    while waiting:
        path, place = waiting.pop()
        for entry in _entries(place):
            if entry.is_dir(follow_symlinks=False):
                if deep:
                    waiting.append((f"{path}/{entry.name}", Path(entry)))
            elif deep or Path(entry.name).suffix.lower() in MARKDOWN:
                yield f"{path}/{entry.name}", entry


def _entries(place: Path) -> list[os.DirEntry[str]]:
    """What is in a folder, without what is hidden; nothing if the folder is gone."""
    try:
        with os.scandir(place) as entries:
            return [entry for entry in entries if not entry.name.startswith((".", "__pycache__"))]
    except OSError:
        return []


def _add(found: Look, path: str, entry: os.DirEntry[str]) -> None:
    try:
        status = entry.stat()
    except OSError:  # it went since the folder was read, or is a link that leads nowhere
        return
    found[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
