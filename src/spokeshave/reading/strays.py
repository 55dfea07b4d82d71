"""Markdown files outside the four folders of a lesson: pages that no menu names, as on the Workbench.

Most lessons have some without meaning to: notes beside scripts, what an older template left behind. None
of them stops a build: one that cannot become a page is left out, with a warning.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from spokeshave.lesson import Page
from spokeshave.reading.pages import MARKDOWN, NEVER_PAGES, read_page, visible_files
from spokeshave.reading.report import Report
from spokeshave.reading.text import is_inside

_SKIPPED = frozenset({"files", "data", "fig", "site", "renv"})


def read_strays(root: Path, folders: frozenset[str], taken: Mapping[str, str], report: Report) -> list[Page]:
    """The stray pages of the lesson in `root`; `folders` are those that hold its own pages.

    `taken` has what is behind each name that is in use already.
    """
    pages: dict[str, Page] = {}
    for path in _stray_paths(root, folders, report):
        page = _read_stray(root, path, report)
        if page is None:
            continue
        before = pages[page.slug].path if page.slug in pages else taken.get(page.slug)
        if before is None:
            pages[page.slug] = page
        else:
            report.warning(
                path,
                0,
                f"{before} has that name, so this file is left out",
                "Rename it if it is to be a page",
            )
    return list(pages.values())


def _stray_paths(root: Path, folders: frozenset[str], report: Report) -> list[str]:
    """Markdown files of the root and of other first-level folders."""
    others = [
        entry
        for entry in sorted(root.iterdir())
        if entry.is_dir()
        and is_inside(root, entry)
        and not entry.name.startswith(".")
        and entry.name not in _SKIPPED | folders
    ]
    found = [
        entry.relative_to(root).as_posix()
        for folder in (root, *others)
        for entry in sorted(visible_files(folder, root, report))
        if entry.suffix.lower() in MARKDOWN and entry.stem not in NEVER_PAGES
    ]
    return [path for path in found if path not in ("index.md", "links.md")]


def _read_stray(root: Path, path: str, report: Report) -> Page | None:
    """The page from this file, or nothing if it cannot be read as one."""
    own = Report()
    page = read_page(root, path, own)
    report.problems += own.warnings
    for problem in own.errors:
        message = f"{problem.message}, so the page is left out"
        report.warning(path, problem.line, message, problem.fix)
    return None if own.errors else page
