"""A folder to a lesson."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from spokeshave.lesson import Folder, Lesson, Page, Settings
from spokeshave.problems import Problem
from spokeshave.reading.assets import find_assets
from spokeshave.reading.glossary import read_glossary
from spokeshave.reading.history import first_commit, last_changes
from spokeshave.reading.names import folded, is_too_long, warn_of_twin
from spokeshave.reading.pages import BUILD_WITH_R, R_MARKDOWN, list_pages, read_page, visible_files
from spokeshave.reading.pictures import read_pictures
from spokeshave.reading.report import Report
from spokeshave.reading.settings import find_config, read_config, read_settings
from spokeshave.reading.strays import read_strays
from spokeshave.reading.text import is_file, read_text
from spokeshave.reading.timetable import read_timetable
from spokeshave.reading.yaml_text import Value

FOLDERS: tuple[Folder, ...] = ("episodes", "learners", "instructors", "profiles")
MADE_PAGES = frozenset({"aio", "key-points", "images", "profiles", "citation", "404"})
"""Pages that are made, not written: no source file may have one of these names."""
_MAY_BE_MADE = ("instructor-notes", "exercises", "exercises-solutions", "notebooks", "schedule")
"""Pages that are made for some lessons, if these do not have one of that name."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A lesson, and what its author should know though it does not stop the build."""

    lesson: Lesson
    warnings: tuple[Problem, ...]


def read_lesson(root: Path) -> Reading:
    """Read the lesson in the folder `root`.

    Raises `LessonError` with every reason why it cannot be built.
    """
    report = Report()
    config_path = find_config(root, report)
    config = read_config(root, config_path, report)
    settings = read_settings(config, config_path, report)
    pages = {folder: _read_folder(root, folder, config, config_path, report) for folder in FOLDERS}
    if not is_file(root / "index.md"):
        report.error("index.md", 0, "the lesson has no home page", "Add a file index.md")
    if not (pages["episodes"] or settings.overview or report.errors):
        _tell_of_no_episodes(root, report)
    report.stop_on_errors()
    home = read_page(root, "index.md", report)
    taken = _check_names([*pages["episodes"], *pages["learners"], *pages["instructors"]], report)
    others = read_strays(root, frozenset(FOLDERS), taken, report)
    _check_pages(pages, others, settings, report)
    lesson = _assemble(root, settings, home, pages, others, report)
    names = frozenset(f"{name}.html" for name in (*taken, *(page.slug for page in others), *_MAY_BE_MADE))
    assets = find_assets(root, FOLDERS, names, overview=settings.overview, report=report)
    lesson = replace(
        lesson,
        links=read_text(root, "links.md", report) if (root / "links.md").is_file() else "",
        citation=read_text(root, "CITATION.cff", report) if (root / "CITATION.cff").is_file() else None,
        glossary=read_glossary(root, settings, config_path, report),
        assets=assets,
        pictures=read_pictures(assets),
        timetable=read_timetable(config, config_path, lesson.episodes, report),
    )
    report.stop_on_errors()
    return Reading(with_dates(lesson), report.warnings)


def _tell_of_no_episodes(root: Path, report: Report) -> None:
    if any(path.suffix.lower() in R_MARKDOWN for path in visible_files(root / "episodes", root, report)):
        found, fix = "all episodes are R Markdown, which spokeshave cannot run", BUILD_WITH_R
    else:
        found, fix = "the lesson has no episodes", "Add a Markdown file to the folder episodes"
    report.error("episodes", 0, found, fix)


def _read_folder(root: Path, folder: Folder, config: Value, config_path: str, report: Report) -> list[Page]:
    paths = list_pages(root, folder, config, config_path, report)
    setup = "learners/setup.md"
    if folder == "learners" and setup not in paths and (root / setup).is_file():
        paths.insert(0, setup)
    return [read_page(root, path, report) for path in paths]


def _check_names(pages: list[Page], report: Report) -> dict[str, str]:
    """Report pages of one name. Returns what is behind each name that is in use."""
    made = dict.fromkeys(MADE_PAGES, "a page of every lesson's site")
    taken = {"index": "index.md"}
    spellings = {"index": "index.md"}
    for page in pages:
        if is_too_long(page.slug):
            fix = "Give the file a shorter one"
            report.error(page.path, 0, "this name is longer than 200 bytes, too long for a page", fix)
        if page.slug in made or page.slug == "index":
            report.error(
                page.path, 0, f"{page.slug}.html is a page of every lesson's site", "Rename the file"
            )
        elif page.slug in taken:
            report.error(
                page.path,
                0,
                f"{taken[page.slug]} has the same name, and both would become {page.slug}.html",
                "Rename one of the two",
            )
        elif (other := spellings.setdefault(folded(page.slug), page.path)) != page.path:
            warn_of_twin(page.path, other, report)
        taken.setdefault(page.slug, page.path)
    return made | taken


def _check_pages(
    pages: dict[Folder, list[Page]], others: list[Page], settings: Settings, report: Report
) -> None:
    """Pages without a title, episodes without minutes, folders without pages."""
    for page in (*pages["episodes"], *pages["learners"], *pages["instructors"], *others):
        if not page.title and page.slug != "setup":
            report.warning(
                page.path,
                1,
                "the page has no title",
                "Add `title: '…'` to its front matter",
                rule="missing-title",
            )
    for page in pages["episodes"]:
        if page.teaching is None or page.exercises is None:
            report.warning(
                page.path,
                1,
                "teaching or exercises is not given in minutes, so 5 minutes are counted",
                "Add `teaching: 10` and `exercises: 5` to its front matter",
                rule="missing-minutes",
            )
    for folder in FOLDERS[1:]:
        if not pages[folder] and not settings.overview:
            report.warning(
                folder, 0, "the folder has no Markdown file; the Workbench needs one", "Add a page to it"
            )


def _assemble(
    root: Path,
    settings: Settings,
    home: Page,
    pages: dict[Folder, list[Page]],
    others: list[Page],
    report: Report,
) -> Lesson:
    setup, learners = _take(pages["learners"], "setup")
    notes, instructors = _take(pages["instructors"], "instructor-notes")
    if pages["instructors"] and notes is None and not settings.overview:
        report.warning(
            "instructors",
            0,
            "there are no instructor notes",
            "Add instructor-notes.md, and list it if there is a list",
        )
    return Lesson(
        root=root,
        settings=settings,
        home=home,
        setup=setup,
        episodes=tuple(pages["episodes"]),
        learners=tuple(learners),
        instructors=tuple(instructors),
        instructor_notes=notes,
        profiles=tuple(pages["profiles"]),
        others=tuple(others),
    )


def _take(pages: list[Page], slug: str) -> tuple[Page | None, list[Page]]:
    """The page of this name, and the pages without it."""
    taken = next((page for page in pages if page.slug == slug), None)
    return taken, [page for page in pages if page is not taken]


def with_dates(lesson: Lesson) -> Lesson:
    """The lesson with the dates that git knows."""
    groups = (lesson.episodes, lesson.learners, lesson.instructors, lesson.profiles, lesson.others)
    singles = tuple(page for page in (lesson.setup, lesson.instructor_notes) if page)
    every = [page for group in groups for page in group] + [lesson.home, *singles]
    dates = last_changes(lesson.root, frozenset(page.path for page in every))
    settings = lesson.settings
    if settings.created is None:
        settings = replace(settings, created=first_commit(lesson.root))

    def dated(pages: Iterable[Page]) -> tuple[Page, ...]:
        return tuple(_dated(page, dates) for page in pages)

    return replace(
        lesson,
        settings=settings,
        home=_dated(lesson.home, dates),
        setup=_dated(lesson.setup, dates) if lesson.setup else None,
        instructor_notes=_dated(lesson.instructor_notes, dates) if lesson.instructor_notes else None,
        episodes=dated(lesson.episodes),
        learners=dated(lesson.learners),
        instructors=dated(lesson.instructors),
        profiles=dated(lesson.profiles),
        others=dated(lesson.others),
    )


def _dated(page: Page, dates: dict[str, date]) -> Page:
    return replace(page, updated=dates.get(page.path))
