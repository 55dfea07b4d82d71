"""Pages by the names that authors give on the command line, and which names a page may have."""

from __future__ import annotations

from pathlib import PurePosixPath

from spokeshave.lesson import Lesson, Page
from spokeshave.problems import LessonError, Problem
from spokeshave.reader import MADE_PAGES


def every_page(lesson: Lesson) -> tuple[Page, ...]:
    """All pages of `lesson`, the home page first."""
    singles = tuple(page for page in (lesson.home, lesson.setup, lesson.instructor_notes) if page)
    return (
        *singles,
        *lesson.episodes,
        *lesson.learners,
        *lesson.instructors,
        *lesson.profiles,
        *lesson.others,
    )


def find_page(lesson: Lesson, name: str) -> Page:
    """The page with this path, or the only one with this file name. Raises `LessonError` if there is none."""
    wanted = PurePosixPath(name.replace("\\", "/")).as_posix()
    pages = every_page(lesson)
    found = [page for page in pages if page.path == wanted] or [
        page for page in pages if PurePosixPath(page.path).name == wanted
    ]
    if len(found) > 1:
        places = " and ".join(page.path for page in found)
        raise LessonError(
            Problem(name, 0, f"several pages have this name: {places}", "Name it with its folder")
        )
    if not found:
        raise LessonError(
            Problem(name, 0, "this is no page of the lesson", "Name one such as episodes/01-introduction.md")
        )
    return found[0]


def check_name(lesson: Lesson, path: str) -> None:
    """Raise `LessonError` if no page can be put at `path`."""
    name = PurePosixPath(path)
    taken = {page.slug: page.path for page in every_page(lesson) if page.folder != "profiles"}
    if name.suffix != ".md" or not name.stem.strip(".") or set(name.name) & set("\"'`#?<>()[]|*:\\ \t\r\n"):
        raise LessonError(
            Problem(
                path,
                0,
                "a page cannot have this name",
                "Use letters, digits and hyphens, and `.md` at its end",
            )
        )
    if (lesson.root / path).exists():
        raise LessonError(Problem(path, 0, "there is such a file already", "Choose another name"))
    if name.stem in MADE_PAGES | {"index"}:
        raise LessonError(
            Problem(path, 0, f"{name.stem}.html is a page of every lesson's site", "Choose another name")
        )
    if name.parts[0] != "profiles" and name.stem in taken:
        raise LessonError(
            Problem(
                path,
                0,
                f"{taken[name.stem]} has the same name, and both would become {name.stem}.html",
                "Choose another name",
            )
        )
