"""A page with another file name, and every link to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from spokeshave.authoring.changes import Change, write_changes
from spokeshave.authoring.links_to import LinksTo
from spokeshave.authoring.names import check_name, every_page, find_page
from spokeshave.authoring.page_list import read_page_list
from spokeshave.lesson import Lesson, Page
from spokeshave.markdown import read_references
from spokeshave.problems import LessonError, Problem
from spokeshave.reader import FOLDERS, read_lesson
from spokeshave.reading.text import is_file, is_inside

_KNOWN_BY_NAME = frozenset(
    {"index.md", "learners/setup.md", "instructors/instructor-notes.md", "learners/reference.md"}
)
"""Pages that the Workbench finds by their names."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """What a renaming did: the page's new path, and how many links were changed in which files."""

    path: str
    links: dict[str, int]


def rename(root: Path, old: str, new: str) -> Renaming:
    """Rename the page `old`. `new` is a file name; the page stays in its folder.

    Links to it are changed in all Markdown files of the lesson, and its name in `config.yaml`.
    Raises `LessonError`, and changes nothing, if the name is taken or a link cannot be changed.
    """
    lesson = read_lesson(root).lesson
    page = find_page(lesson, old)
    path = _new_path(lesson, page, new)
    links_to = LinksTo(page, PurePosixPath(path).stem)
    references = read_references(lesson.links)
    counts: dict[str, int] = {}
    changes: list[Change] = []
    for file in _markdown_files(lesson):
        raw = (root / file).read_bytes()
        changed, counts[file] = links_to.rewritten(file, raw, {} if file == "links.md" else references)
        if file == page.path:
            changes.append(Change(path, None, changed))
        elif changed != raw:
            changes.append(Change(file, raw, changed))
    listed = read_page_list(root, page.folder)
    if page.folder and PurePosixPath(page.path).name in listed.names:
        changes.append(listed.renamed(PurePosixPath(page.path).name, PurePosixPath(path).name))
    write_changes(root, [*changes, Change(page.path, (root / page.path).read_bytes(), None)])
    return Renaming(path, {file: count for file, count in counts.items() if count})


def _new_path(lesson: Lesson, page: Page, new: str) -> str:
    if page.path in _KNOWN_BY_NAME:
        raise LessonError(
            Problem(page.path, 0, "the Workbench knows this page by its name", "Rename another page")
        )
    folder = PurePosixPath(page.path).parent
    name = PurePosixPath(new.replace("\\", "/"))
    if name.parent != PurePosixPath() and name.parent != folder:
        raise LessonError(Problem(page.path, 0, "a page stays in its folder", "Give the new file name alone"))
    path = (folder / name.name).as_posix()
    check_name(lesson, path)
    return path


def _markdown_files(lesson: Lesson) -> list[str]:
    """All Markdown of the lesson: its pages, drafts, and the files of its root, such as README.md."""
    found = {page.path for page in every_page(lesson)}
    for folder in ("", *FOLDERS):
        files = (lesson.root / folder).glob("*.md")
        # Links that lead out of the lesson are not read, and what is behind them is not changed.
        files = (place for place in files if is_file(place) and is_inside(lesson.root, place))
        found |= {place.relative_to(lesson.root).as_posix() for place in files}
    return sorted(found)
