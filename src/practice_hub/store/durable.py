"""Writing so that it is still there after the power went."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

# What is not written to its end. Git takes files that begin so for no objects, and those that end so for no references.
UNFINISHED = ("tmp_obj_", ".lock")


def sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folders(folders: Iterable[Path]) -> None:
    """Make the names in these folders durable. Windows has no such call, and needs none."""
    if os.name == "nt":
        return
    for folder in folders:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folders([folder.parent])


def move_into_place(source: Path, target: Path) -> None:
    """Give a finished file its name: it is there whole or not at all, also after a crash."""
    sync_file(source)
    _make_folder(target.parent)
    os.replace(source, target)
    sync_folders([target.parent])


def write_into_place(target: Path, data: bytes) -> None:
    """Write a small file in one step; what was there before stays if that fails.

    Writers of the same file do not stand in each other's way: the last one wins.
    """
    _make_folder(target.parent)
    descriptor, name = tempfile.mkstemp(UNFINISHED[1], UNFINISHED[0], target.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        move_into_place(Path(name), target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
