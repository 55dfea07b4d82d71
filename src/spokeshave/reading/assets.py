"""Files that are copied to the site as they are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from spokeshave.lesson import Asset
from spokeshave.reading.report import Report

_MARKDOWN = frozenset({".md", ".rmd"})
_RESERVED = frozenset({"assets", "instructor"})
"""Folders of the site that are ours."""
_SHARED = ("data", "fig", "files")


def find_assets(root: Path, folders: tuple[str, ...], *, overview: bool, report: Report) -> tuple[Asset, ...]:
    """The files of the source folders that are no pages, by where they go in the site.

    The folders' own folders (`data`, `fig`, `files` and any other) are merged; loose files go to
    the site's root. Overview lessons have `data`, `fig` and `files` in the root as well. Hidden
    files stay behind, and so do links that lead out of the lesson.
    """
    found: dict[str, Asset] = {}
    bases = [(root / folder, folder) for folder in folders]
    if overview:
        bases += [(root / name, name) for name in _SHARED]
    for base, label in bases:
        prefix = f"{label}/" if label in _SHARED else ""
        for source in _walk(base):
            target = prefix + source.relative_to(base).as_posix()
            _add(found, Asset(source, target), root, report)
    return tuple(found[target] for target in sorted(found))


def _walk(base: Path) -> Iterator[Path]:
    """Files below `base`, without hidden ones and without the Markdown of `base` itself."""
    for place, folders, names in os.walk(base):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__pycache__")))
        for name in sorted(names):
            source = Path(place, name)
            page = source.parent == base and source.suffix.lower() in _MARKDOWN
            if not name.startswith(".") and not page:
                yield source


def _add(found: dict[str, Asset], asset: Asset, root: Path, report: Report) -> None:
    path = asset.source.relative_to(root).as_posix()
    try:
        inside = asset.source.is_file() and asset.source.resolve().is_relative_to(root.resolve())
    except OSError:
        inside = False
    if not inside:
        report.warning(
            path, 0, "this is no file of the lesson, so it is not copied", "Put the file itself here"
        )
    elif asset.target.split("/")[0] in _RESERVED:
        report.warning(path, 0, "the site has a folder of this name already", "Rename the folder")
    elif asset.target in found:
        other = found[asset.target].source.relative_to(root).as_posix()
        report.warning(
            path, 0, f"{other} has the same place in the site and is used", "Rename one of the two"
        )
    else:
        found[asset.target] = asset
