"""Where links of a lesson can lead: the pages, files and anchors of the site that would be built."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from spokeshave.blocks.html import ROOT, SOURCES
from spokeshave.blocks.links import site_address
from spokeshave.checks.gathered import GatheredLesson
from spokeshave.lesson import Lesson
from spokeshave.pages.timetable import PAGE as TIMETABLE
from spokeshave.pages.timetable import has_timetable_page
from spokeshave.reader import MADE_PAGES

_WRITTEN = frozenset({"config.yaml", "sitemap.xml", "site.webmanifest", "md5sum.txt", ".nojekyll", ""})
"""What a site has besides pages and the lesson's files."""
CHROME = frozenset({"", "top", "main-content", "sidebar"})
"""Anchors that every page has."""
_HOME = frozenset({"setup", "schedule"})
_MADE = frozenset(f"{name}.html" for name in MADE_PAGES)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads. `path` is within the site; `anchor` is what stands behind `#`."""

    path: str
    anchor: str
    in_sources: bool = False


@dataclass(frozen=True, slots=True)
class SiteMap:
    """Pages by their name with the anchors that they have (`None`: not known), files, and the sources.

    `hidden` are anchors in notes for instructors.
    """

    pages: dict[str, frozenset[str] | None]
    hidden: dict[str, frozenset[str]]
    files: frozenset[str]
    root: Path

    def has(self, target: Target) -> bool:
        """Whether there is such a page or file."""
        if target.in_sources:
            return (self.root / target.path).is_file()
        return target.path in self.pages or target.path.rstrip("/") in self.files

    def has_anchor(self, target: Target) -> bool:
        """Whether the page has the anchor; of files, and of pages made of many, that is not known."""
        if target.in_sources or target.anchor in CHROME or target.anchor.startswith(":~:"):
            return True
        ids = self.pages.get(target.path)
        return ids is None or target.anchor in ids

    def hides(self, target: Target) -> bool:
        """Whether the anchor is one that learners do not have."""
        return not target.in_sources and target.anchor in self.hidden.get(target.path, ())


def resolve(address: str) -> Target:
    """Where an address within the site leads, as the build has it."""
    built = site_address(address)
    path, _, anchor = built.partition("#")
    path = unquote(path.partition("?")[0])
    in_sources = path.startswith(SOURCES)
    path = path.removeprefix(ROOT).removeprefix(SOURCES).removeprefix("instructor/")
    return Target("index.html" if path in ("", ".") else path, unquote(anchor), in_sources)


def names_made_page(address: str) -> bool:
    """Whether an author wrote the name of such a page."""
    name = PurePosixPath(address.partition("#")[0].partition("?")[0]).name
    return name in _MADE or address.startswith("instructor/")


def site_map(gathered: GatheredLesson) -> SiteMap:
    """The map of the whole lesson."""
    lesson = gathered.lesson
    ids = {path: page.ids for path, page in gathered.by_path.items()}
    pages: dict[str, frozenset[str] | None] = {
        f"{page.page.slug}.html": page.ids for page in gathered.pages if page.page.folder != "profiles"
    }
    pages |= dict.fromkeys(_made_pages(lesson))
    home = [page.path for page in (lesson.home, lesson.setup) if page]
    pages["index.html"] = _HOME.union(*(ids[path] for path in home))
    pages.pop("setup.html", None)
    if lesson.instructor_notes:
        pages["instructor-notes.html"] = None
    pages["profiles.html"] = frozenset[str]().union(*(ids[page.path] for page in lesson.profiles))
    hidden = {f"{page.page.slug}.html": page.hidden_ids for page in gathered.pages}
    hidden["index.html"] = frozenset[str]().union(*(gathered.by_path[path].hidden_ids for path in home))
    targets = {asset.target for asset in lesson.assets}
    folders = {parent.as_posix() for target in targets for parent in PurePosixPath(target).parents}
    return SiteMap(pages, hidden, frozenset(targets | folders) | _WRITTEN, lesson.root)


def _made_pages(lesson: Lesson) -> list[str]:
    absent = set() if lesson.episodes else {"aio.html", "key-points.html", "images.html"}
    if lesson.citation is None:
        absent.add("citation.html")
    made = _MADE | {TIMETABLE} if has_timetable_page(lesson) else _MADE
    return sorted(made - absent)
