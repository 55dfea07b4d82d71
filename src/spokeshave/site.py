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
from spokeshave.pages import all_in_one
from spokeshave.pages.chapter import episode_page, other_page
from spokeshave.pages.chrome import site_context
from spokeshave.pages.context import SearchFiles
from spokeshave.pages.edition import Edition, Episode
from spokeshave.pages.files import checksums, sitemap
from spokeshave.pages.gathered import GATHERED
from spokeshave.pages.glosario import glosario_list
from spokeshave.pages.home import home_page, sidebar_of
from spokeshave.pages.policy import allowances, policy_text
from spokeshave.problems import LessonError, Problem
from spokeshave.search.index import ENTRY, search_problem, write_index
from spokeshave.search.pages import episode_records, other_records
from spokeshave.search.record import Record
from spokeshave.snippets.record import Ran
from spokeshave.theme import static_files, words
from spokeshave.theme.bundle import script, search_script, search_stylesheet, stylesheet

VIEWS: tuple[View, ...] = ("learner", "instructor")
_GATHERED_FROM_EPISODES = frozenset({"key-points.html", "images.html"})


class Bodies:
    """Renders pages to bodies; remembers them if asked to, so that an unchanged page is not done twice."""

    def __init__(self, *, remember: bool = False) -> None:
        self._remember = remember
        self._known: dict[str, tuple[object, Body]] = {}
        self._references: tuple[str, References] = ("", {})
        self.rendered: dict[str, tuple[object, str]] | None = {} if remember else None
        self.errors: list[Problem] = []
        self.warnings: list[Problem] = []

    def body(self, lesson: Lesson, page: Page) -> Body:
        """The page's body. What is wrong with the page is added to `errors` and `warnings`."""
        key = (page.text, lesson.links, lesson.settings.language, lesson.glossary)
        known = self._known.get(page.path)
        if known is not None and known[0] == key:
            body = known[1]
        else:
            body, sound = self._render(lesson, page)
            if self._remember and sound:
                self._known[page.path] = (key, body)
        self.warnings += body.warnings
        return body

    def start(self) -> None:
        """Begin a build: the problems of the one before are no longer told."""
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
    search: bool = False,
    show: Callable[[str], object] = str,
) -> None:
    """Write the whole site into `output`; `show` is told the path of every page.

    `ran` is what pages may say about the last run of their code, by path. With `search` the site has a search
    window, and an index for it, which takes about a third longer.

    Raises `LessonError` if a page cannot be rendered. `output` is not finished here: until its
    caller does so, nothing that was built before is touched.
    """
    bodies.start()
    assets = _write_theme(output)
    window = _write_search_window(lesson, output, bodies) if search and lesson.episodes else None
    others = {page.path: bodies.body(lesson, page) for page in _other_pages(lesson)}
    editions = [
        replace(_edition(lesson, view, others, assets, window, bodies, for_web=for_web), ran=ran or {})
        for view in VIEWS
    ]
    records: list[Record] = []
    episodes = _write_episodes(lesson, editions, bodies, output, records, show)
    if bodies.errors:
        raise LessonError(*sorted(bodies.errors))
    for edition in editions:
        for name, text in _written_once(edition, episodes):
            show(edition.path(name))
            output.write(edition.path(name), text)
    if window is not None:
        _write_index(lesson, [*records, *other_records(editions[0])], window, output, bodies)
    _write_files(lesson, output)


def _write_files(lesson: Lesson, output: OutputFolder) -> None:
    """Everything that is no page."""
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
    window: SearchFiles | None,
    bodies: Bodies,
    *,
    for_web: bool,
) -> Edition:
    """The lesson in one view, with all that its pages share."""
    spoken = words(lesson.settings.language)
    site = replace(site_context(lesson, others, view, spoken, assets), search=window)
    return Edition(lesson, site, sidebar_of(lesson, view, spoken), others, for_web, bodies.rendered)


def _write_theme(output: OutputFolder) -> tuple[str, str]:
    """Write pictures, stylesheet and script; the names of the last two change with their content."""
    for path, content in static_files().items():
        output.write(f"assets/{path}", content)
    style = _write_hashed(output, stylesheet(), "spokeshave", "css")
    return style, _write_hashed(output, script(), "spokeshave", "js")


def _write_search_window(lesson: Lesson, output: OutputFolder, bodies: Bodies) -> SearchFiles | None:
    """Write the script and the stylesheet of the search window, unless there can be no index for it."""
    problem = search_problem()
    if problem is not None:
        bodies.warnings.append(problem)
        return None
    text = search_script(words(lesson.settings.language))
    return SearchFiles(
        script=_write_hashed(output, text, "search", "js"),
        stylesheet=_write_hashed(output, search_stylesheet(), "search", "css"),
        index=ENTRY,
    )


def _write_index(
    lesson: Lesson, records: list[Record], window: SearchFiles, output: OutputFolder, bodies: Bodies
) -> None:
    """Write the index of `records`. If that fails, the window goes too: its button then leads to all episodes."""
    problem = write_index(records, lesson.settings.language, output)
    if problem is not None:
        bodies.warnings.append(problem)
        output.remove(window.script)
        output.remove(window.stylesheet)


def _write_hashed(output: OutputFolder, text: str, name: str, ending: str) -> str:
    """Write a file that browsers may keep for ever, and give its path."""
    path = f"assets/{name}.{hashlib.sha256(text.encode()).hexdigest()[:10]}.{ending}"
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
    records: list[Record],
    show: Callable[[str], object],
) -> list[Episode]:
    """Write each episode's pages and its part of the page of all episodes; keep what others gather.

    What search finds in them is added to `records` if the site has a search window.

    Bodies are dropped as soon as they are written, so that memory does not grow with the text.
    """
    gathered: list[Episode] = []
    used: set[str] = {"top", "main-content", "sidebar", "chapters"}
    if not lesson.episodes:
        return gathered
    frames = [all_in_one.frame(edition) for edition in editions]
    streams = [output.stream(edition.path("aio.html")) for edition in editions]
    allowed: set[tuple[str, str]] = set()
    for stream, frame in zip(streams, frames, strict=True):
        stream.write(frame.before)
    for position, page in enumerate(lesson.episodes):
        body = bodies.body(lesson, page)
        shared = all_in_one.episode_ids(page, body, used)
        allowed |= allowances(shared)
        for edition, stream in zip(editions, streams, strict=True):
            show(edition.path(f"{page.slug}.html"))
            output.write(edition.path(f"{page.slug}.html"), episode_page(edition, position, body))
            stream.write(all_in_one.episode_part(edition, page, shared))
        if editions[0].site.search:
            records += episode_records(editions[0], page, body)
        gathered.append(Episode(page, replace(body, html="")))
    for edition, stream, frame in zip(editions, streams, frames, strict=True):
        stream.write(frame.after)
        stream.close()
        output.amend(edition.path("aio.html"), frame.policy, policy_text(frame.allowed | allowed))
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
