"""Writing so that it is still there after the power went."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


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


def move_into_place(source: Path, target: Path) -> None:
    """Give a finished file its name: it is there whole or not at all, also after a crash."""
    sync_file(source)
    if not target.parent.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
        sync_folders([target.parent.parent])
    os.replace(source, target)
    sync_folders([target.parent])
