"""Lesson to site: renders every page in both views and hands it to an output folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from spokeshave.blocks import KINDS
from spokeshave.blocks.body import Body
from spokeshave.blocks.page import render_body
from spokeshave.lesson import Lesson, Page, View
from spokeshave.markdown import References, parse, read_references
from spokeshave.output import OutputFolder
from spokeshave.pages.all_in_one import ALL_IN_ONE
from spokeshave.pages.chapter import episode_page, other_page
from spokeshave.pages.chrome import site_context
from spokeshave.pages.edition import Edition, Episode
from spokeshave.pages.exercises import EXERCISES, EXERCISES_WITH_SOLUTIONS, may_have_exercises
from spokeshave.pages.files import checksums, sitemap
from spokeshave.pages.gathered import GATHERED
from spokeshave.pages.glosario import glosario_list
from spokeshave.pages.home import home_page, sidebar_of
from spokeshave.pages.long_page import LongPageWriter
from spokeshave.problems import LessonError, Problem
from spokeshave.snippets.record import Ran
from spokeshave.theme import static_files, words
from spokeshave.theme.bundle import script, stylesheet

VIEWS: tuple[View, ...] = ("learner", "instructor")
_GATHERED_FROM_EPISODES = frozenset({"key-points.html", "images.html"})


class Bodies:
    """Renders pages to bodies; remembers them if asked to, so that an unchanged page is not done twice."""

    def __init__(self, *, remember: bool = False) -> None:
        self._remember = remember
        self._known: dict[str, tuple[object, Body]] = {}
        self._ahead: dict[str, Body] = {}
        self._references: tuple[str, References] = ("", {})
        self.rendered: dict[str, tuple[object, str]] | None = {} if remember else None
        self.errors: list[Problem] = []
        self.warnings: list[Problem] = []

    def body(self, lesson: Lesson, page: Page) -> Body:
        """The page's body. What is wrong with the page is added to `errors` and `warnings`."""
        body = self.look_ahead(lesson, page)
        del self._ahead[page.path]
        self.warnings += body.warnings
        return body

    def look_ahead(self, lesson: Lesson, page: Page) -> Body:
        """The page's body, before `body` is asked for it. It is kept until then."""
        if page.path in self._ahead:
            return self._ahead[page.path]
        key = (page.text, lesson.links, lesson.settings.language, lesson.glossary)
        known = self._known.get(page.path)
        if known is not None and known[0] == key:
            body = known[1]
        else:
            body, sound = self._render(lesson, page)
            if self._remember and sound:
                self._known[page.path] = (key, body)
        self._ahead[page.path] = body
        return body

    def start(self) -> None:
        """Begin a build: the problems of the one before are no longer told."""
        self._ahead.clear()
        self.errors.clear()
        self.warnings.clear()

    def _render(self, lesson: Lesson, page: Page) -> tuple[Body, bool]:
        """The page's body, and whether the page's form is sound."""
        if self._references[0] != lesson.links:
            self._references = (lesson.links, read_references(lesson.links))
        document = parse(page.text, page.first_line, self._references[1])
        problems = [
            Problem(page.path, fault.line + 1, fault.message, fault.fix, fault.severity)
            for fault in document.faults
        ]
        self.errors += [problem for problem in problems if problem.severity == "error"]
        self.warnings += [problem for problem in problems if problem.severity == "warning"]
        body = render_body(
            document,
            kinds=KINDS,
            words=words(lesson.settings.language),
            path=page.path,
            language=lesson.settings.language,
            glossary=lesson.glossary,
            uses_glosario=bool(lesson.settings.glosario),
        )
        return body, not document.faults


def build_site(
    lesson: Lesson,
    output: OutputFolder,
    bodies: Bodies,
    *,
    for_web: bool = False,
    ran: Mapping[str, Ran] | None = None,
    show: Callable[[str], object] = str,
) -> None:
    """Write the whole site into `output`; `show` is told the path of every page.

    `ran` is what pages may say about the last run of their code, by path.

    Raises `LessonError` if a page cannot be rendered. `output` is not finished here: until its
    caller does so, nothing that was built before is touched.
    """
    bodies.start()
    assets = _write_theme(output, lesson.settings.title)
    others = {page.path: bodies.body(lesson, page) for page in _other_pages(lesson)}
    editions = [
        replace(_edition(lesson, view, others, assets, bodies, for_web=for_web), ran=ran or {})
        for view in VIEWS
    ]
    episodes = _write_episodes(lesson, editions, bodies, output, show)
    if bodies.errors:
        raise LessonError(*sorted(bodies.errors))
    for edition in editions:
        for name, text in _written_once(edition, episodes):
            show(edition.path(name))
            output.write(edition.path(name), text)
    for asset in lesson.assets:
        output.copy(asset.target, asset.source)
    output.write(".nojekyll", "")
    output.write("md5sum.txt", checksums(lesson))
    output.write("sitemap.xml", sitemap(lesson, output.paths))
    config = next(
        path for path in (lesson.root / "config.yaml", lesson.root / "config.yml") if path.is_file()
    )
    output.copy("config.yaml", config)


def _edition(
    lesson: Lesson,
    view: View,
    others: dict[str, Body],
    assets: tuple[str, str],
    bodies: Bodies,
    *,
    for_web: bool,
) -> Edition:
    """The lesson in one view, with all that its pages share."""
    spoken = words(lesson.settings.language)
    exercises = _has_exercises(lesson, bodies)
    site = site_context(lesson, others, view, spoken, assets, has_exercises=exercises)
    return Edition(lesson, site, sidebar_of(lesson, view, spoken), others, for_web, bodies.rendered)


def _has_exercises(lesson: Lesson, bodies: Bodies) -> bool:
    """Whether the lesson has pages of exercises. Menus link to them, so it is known before any page is written."""
    return any(
        not exercise.instructors_only
        for page in may_have_exercises(lesson)
        for exercise in bodies.look_ahead(lesson, page).exercises
    )


def _write_theme(output: OutputFolder, title: str) -> tuple[str, str]:
    """Write pictures, stylesheet and script; the names of the last two change with their content."""
    for path, content in static_files().items():
        output.write(f"assets/{path}", content)
    return _write_hashed(output, stylesheet(title), "css"), _write_hashed(output, script(), "js")


def _write_hashed(output: OutputFolder, text: str, ending: str) -> str:
    """Write a file that browsers may keep for ever, and give its path."""
    path = f"assets/spokeshave.{hashlib.sha256(text.encode()).hexdigest()[:10]}.{ending}"
    output.write(path, text)
    return path


def _other_pages(lesson: Lesson) -> Iterator[Page]:
    """Every page but the episodes."""
    yield lesson.home
    yield from (page for page in (lesson.setup, lesson.instructor_notes) if page)
    yield from (*lesson.learners, *lesson.instructors, *lesson.profiles, *lesson.others)


def _write_episodes(
    lesson: Lesson,
    editions: list[Edition],
    bodies: Bodies,
    output: OutputFolder,
    show: Callable[[str], object],
) -> list[Episode]:
    """Write each episode's pages and its parts of the long pages; keep what others gather.

    Bodies are dropped as soon as they are written, so that memory does not grow with the text.
    """
    gathered: list[Episode] = []
    if not lesson.episodes:
        return gathered
    kinds = [ALL_IN_ONE]
    if editions[0].site.has_exercises:
        kinds += [EXERCISES, EXERCISES_WITH_SOLUTIONS]
    long_pages = [LongPageWriter(kind, editions, output) for kind in kinds]
    for position, page in enumerate(lesson.episodes):
        body = bodies.body(lesson, page)
        for edition in editions:
            show(edition.path(f"{page.slug}.html"))
            output.write(edition.path(f"{page.slug}.html"), episode_page(edition, position, body))
        for long_page in long_pages:
            long_page.add(page, body)
        gathered.append(Episode(page, replace(body, html="", exercises=())))
    for long_page in long_pages:
        long_page.close()
    return gathered


def _written_once(edition: Edition, episodes: list[Episode]) -> Iterator[tuple[str, str]]:
    """The pages of one view that are not episodes."""
    lesson = edition.lesson
    yield "index.html", home_page(edition, episodes)
    for page in (*lesson.learners, *lesson.instructors, *lesson.others):
        ending = glosario_list(edition, episodes) if page.slug == "reference" else ""
        yield f"{page.slug}.html", other_page(edition, page, ending)
    for name, make in GATHERED.items():
        if episodes or name not in _GATHERED_FROM_EPISODES:
            text = make(edition, episodes)
            if text is not None:
                yield name, text
