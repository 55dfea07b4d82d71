"""Putting a finished folder in the place of the one before, and clearing away what killed builds left beside it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from spokeshave.exchange import exchange


def staging_prefix(target: Path) -> str:
    """How the names begin of the folders in which what is to be at `target` is made; they are beside it."""
    return f".{target.name}.new-"


def put_in_place(new: Path, target: Path) -> None:
    """Let `target` be the folder `new`. What was at `target` is then at `new`, or gone.

    Where two folders can be exchanged, there is at each moment the old one or the new one. Elsewhere two renames have
    to do, and `clear_leftovers` brings the old one back if the process dies between them. Raises OSError.
    """
    if not target.exists():
        new.rename(target)
    elif not exchange(new, target):
        _rename_twice(new, target)


def clear_leftovers(target: Path) -> None:
    """Remove what killed builds left beside `target`. To be called by the one who may write there."""
    old = _old(target)
    if old.is_dir() and not old.is_symlink():  # a link is none of ours, and must not become the site
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(target)
    left = re.compile(re.escape(staging_prefix(target)) + "[a-z0-9_]{8}")  # as `mkdtemp` ends them
    for folder in target.parent.iterdir():
        if left.fullmatch(folder.name):
            shutil.rmtree(folder, ignore_errors=True)


def _rename_twice(new: Path, target: Path) -> None:
    old = _old(target)
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")
