"""Files that are copied to the site as they are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spokeshave.lesson import Asset
from spokeshave.reading.names import folded, is_usable, warn_of_twin
from spokeshave.reading.report import Report
from spokeshave.reading.text import is_file, is_inside

_MARKDOWN = frozenset({".md", ".rmd"})
_RESERVED = frozenset({"assets", "instructor"})
"""Folders of the site that are ours."""
_MADE = frozenset({"config.yaml", "md5sum.txt", "site.zip", "sitemap.xml"})
"""Files of the site that are ours, beside its pages."""
_SHARED = ("data", "fig", "files")


def find_assets(
    root: Path, folders: tuple[str, ...], pages: frozenset[str], *, overview: bool, report: Report
) -> tuple[Asset, ...]:
    """The files of the source folders that are no pages, by where they go in the site.

    The folders' own folders (`data`, `fig`, `files` and any other) are merged; loose files go to
    the site's root. Overview lessons have `data`, `fig` and `files` in the root as well. Hidden
    files stay behind, and so do links that lead out of the lesson, links to folders, and what has the place of
    one of `pages`, the names of the site's pages.
    """
    finder = _Finder(root, pages | _MADE, report)
    bases = [(root / folder, folder) for folder in folders]
    if overview:
        bases += [(root / name, name) for name in _SHARED]
    for base, label in bases:
        if base.is_symlink() and not is_inside(root, base):
            finder.refuse(base)
            continue
        prefix = f"{label}/" if label in _SHARED else ""
        for source in finder.walk(base):
            finder.add(Asset(source, prefix + source.relative_to(base).as_posix()))
    return tuple(finder.found[target] for target in sorted(finder.found))


@dataclass(frozen=True, slots=True)
class _Finder:
    """Gathers assets; what is no asset, it tells to `report`."""

    root: Path
    taken: frozenset[str]
    report: Report
    found: dict[str, Asset] = field(default_factory=dict)
    by_folded: dict[str, str] = field(default_factory=dict)
    """Which target a folded one was first."""

    def path(self, source: Path) -> str:
        return source.relative_to(self.root).as_posix()

    def walk(self, base: Path) -> Iterator[Path]:
        """Files below `base`, without hidden ones and without the Markdown of `base` itself."""
        for place, folders, names in os.walk(base):
            folders[:] = sorted(name for name in folders if not name.startswith((".", "__pycache__")))
            for name in folders:
                if Path(place, name).is_symlink():
                    message = "this link to a folder is not followed, so nothing in it is copied"
                    self.report.warning(
                        self.path(Path(place, name)), 0, message, "Put the folder itself here"
                    )
            for name in sorted(names):
                source = Path(place, name)
                page = source.parent == base and source.suffix.lower() in _MARKDOWN
                if not name.startswith(".") and not page and is_usable(self.path(source), self.report):
                    yield source

    def refuse(self, source: Path) -> None:
        message = "this is no file of the lesson, so it is not copied"
        self.report.warning(self.path(source), 0, message, "Put the file itself here")

    def add(self, asset: Asset) -> None:
        path, first = self.path(asset.source), asset.target.split("/")[0]
        if not (is_file(asset.source) and is_inside(self.root, asset.source)):
            self.refuse(asset.source)
        elif first in _RESERVED:
            message = "the site has a folder of this name already"
            self.report.warning(path, 0, message, "Rename the folder")
        elif first in self.taken:
            message = "the site has a file of this name already, so this one is not copied"
            self.report.warning(path, 0, message, "Rename it")
        elif asset.target in self.found:
            other = self.path(self.found[asset.target].source)
            message = f"{other} has the same place in the site and is used"
            self.report.warning(path, 0, message, "Rename one of the two")
        else:
            self.found[asset.target] = asset
            twin = self.by_folded.setdefault(folded(asset.target), asset.target)
            if twin != asset.target:
                warn_of_twin(path, self.path(self.found[twin].source), self.report)
