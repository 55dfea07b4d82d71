"""Lesson to site: renders every page in both views and hands it to an output folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from spokeshave.blocks.body import Body
from spokeshave.lesson import Lesson, Page, View
from spokeshave.markdown import References, read_references
from spokeshave.output import OutputFolder
from spokeshave.pages import all_in_one
from spokeshave.pages.chapter import episode_page, other_page
from spokeshave.pages.chrome import site_context
from spokeshave.pages.edition import Edition, Episode
from spokeshave.pages.files import checksums, manifest, sitemap
from spokeshave.pages.gathered import GATHERED
from spokeshave.pages.glosario import glosario_list
from spokeshave.pages.home import home_page, sidebar_of
from spokeshave.problems import LessonError, Problem
from spokeshave.rendering import page_body, page_document, problems_of
from spokeshave.snippets.record import Ran
from spokeshave.theme import static_files, words

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
        document = page_document(page, self._references[1])
        problems = problems_of(document, page)
        self.errors += [problem for problem in problems if problem.severity == "error"]
        self.warnings += [problem for problem in problems if problem.severity == "warning"]
        body = page_body(lesson, page, document)
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
    assets = _write_theme(output)
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
    output.write("site.webmanifest", manifest(editions[0].site))
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
    site = site_context(lesson, others, view, spoken, assets)
    return Edition(lesson, site, sidebar_of(lesson, view, spoken), others, for_web, bodies.rendered)


def _write_theme(output: OutputFolder) -> tuple[str, str]:
    """Write stylesheet, script and pictures; the first two have names that change with their content."""
    names: dict[str, str] = {}
    for path, content in static_files().items():
        target = f"assets/{path}"
        stem, dot, ending = target.rpartition(".")
        if ending in ("css", "js"):
            target = f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}{dot}{ending}"
            names[ending] = target
        output.write(target, content)
    return names["css"], names["js"]


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
    """Write each episode's pages and its part of the page of all episodes; keep what others gather.

    Bodies are dropped as soon as they are written, so that memory does not grow with the text.
    """
    gathered: list[Episode] = []
    used: set[str] = {"top", "main-content", "sidebar", "chapters"}
    if not lesson.episodes:
        return gathered
    frames = [all_in_one.frame(edition) for edition in editions]
    streams = [output.stream(edition.path("aio.html")) for edition in editions]
    for stream, (before, _) in zip(streams, frames, strict=True):
        stream.write(before)
    for position, page in enumerate(lesson.episodes):
        body = bodies.body(lesson, page)
        shared = all_in_one.episode_ids(page, body, used)
        for edition, stream in zip(editions, streams, strict=True):
            show(edition.path(f"{page.slug}.html"))
            output.write(edition.path(f"{page.slug}.html"), episode_page(edition, position, body))
            stream.write(all_in_one.episode_part(edition, page, shared))
        gathered.append(Episode(page, replace(body, html="")))
    for stream, (_, after) in zip(streams, frames, strict=True):
        stream.write(after)
        stream.close()
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
