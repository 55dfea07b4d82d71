"""Lesson to site: renders every page in both views and hands it to an output folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from spokeshave.blocks.body import Body
from spokeshave.bodies import Bodies
from spokeshave.lesson import Lesson, Page, View
from spokeshave.offline import OFFLINE_COPY, SIZE_HOLE, write_offline_copy
from spokeshave.output import OutputFolder
from spokeshave.pages.all_in_one import ALL_IN_ONE
from spokeshave.pages.chapter import episode_page, other_page
from spokeshave.pages.chrome import site_context
from spokeshave.pages.context import SearchFiles, Site
from spokeshave.pages.edition import Edition, Episode
from spokeshave.pages.exercises import EXERCISES, EXERCISES_WITH_SOLUTIONS, may_have_exercises
from spokeshave.pages.files import checksums, sitemap
from spokeshave.pages.gathered import GATHERED
from spokeshave.pages.glosario import glosario_list
from spokeshave.pages.glossary import glossary_with_uses
from spokeshave.pages.home import home_page, sidebar_of
from spokeshave.pages.long_page import LongPageWriter
from spokeshave.pages.timetable import calendar_path
from spokeshave.problems import LessonError
from spokeshave.search.index import search_problem, write_index
from spokeshave.search.pages import episode_records, other_records
from spokeshave.search.record import Record
from spokeshave.site_assets import (
    write_cards,
    write_search_window,
    write_teaching_files,
    write_theme,
    write_timetable_style,
)
from spokeshave.snippets.record import Ran
from spokeshave.theme import words
from spokeshave.timetable.calendar import calendar

VIEWS: tuple[View, ...] = ("learner", "instructor")
_GATHERED_FROM_EPISODES = frozenset({"key-points.html", "images.html"})


@dataclass(frozen=True, slots=True)
class Extras:
    """What a site may have beyond its pages.

    `ran` is what pages may say about the last run of their code, by path. With `search` the site has a search window
    and an index for it, which takes longer (`make bench` says how much). With `offline_copy` it offers itself as
    one file. With `for_web` its 404 page works at any depth. Without `cards` shared links show no picture.
    """

    ran: Mapping[str, Ran] = field(default_factory=dict)
    search: bool = False
    offline_copy: bool = False
    for_web: bool = False
    cards: bool = True


def build_site(
    lesson: Lesson,
    output: OutputFolder,
    bodies: Bodies,
    extras: Extras = Extras(),
    show: Callable[[str], object] = str,
) -> list[Edition]:
    """Write the whole site into `output`; `show` is told the path of every page. Returns the lesson in both views.

    Raises `LessonError` if a page cannot be rendered. `output` is not finished here: until its
    caller does so, nothing that was built before is touched.
    """
    bodies.start(lesson.pictures)
    extras = _possible(extras, lesson, bodies)
    editions = _editions(lesson, output, bodies, extras)
    records: list[Record] = []
    episodes = _write_episodes(editions, bodies, output, records, show)
    if bodies.errors:
        raise LessonError(*sorted(bodies.errors))
    for edition in editions:
        for name, text in _written_once(edition, episodes):
            show(edition.path(name))
            output.write(edition.path(name), text)
    if editions[0].site.search:
        records += other_records(editions[0])
        _write_index(lesson, records, editions[0].site.search, output, bodies)
    _write_files(lesson, output)
    if extras.offline_copy:
        write_offline_copy(lesson, output)
    return editions


def episode_pages(editions: Iterable[Edition], position: int, body: Body) -> Iterator[tuple[str, str]]:
    """Path and text of the episode number `position` (from zero) in each view."""
    for edition in editions:
        name = f"{edition.lesson.episodes[position].slug}.html"
        yield edition.path(name), episode_page(edition, position, body)


def _possible(extras: Extras, lesson: Lesson, bodies: Bodies) -> Extras:
    """The extras without a search that cannot be; why it cannot is added to the warnings."""
    if not (extras.search and lesson.episodes):
        return replace(extras, search=False)
    problem = search_problem()
    bodies.warnings += [problem] if problem else []
    return replace(extras, search=problem is None)


def _editions(lesson: Lesson, output: OutputFolder, bodies: Bodies, extras: Extras) -> list[Edition]:
    """The lesson in both views, with all that their pages share; the shared files are written."""
    spoken = words(lesson.settings.language)
    assets = write_theme(output, lesson.settings.title)
    window = write_search_window(lesson, output) if extras.search else None
    teaching = write_teaching_files(output)
    timetable_style = write_timetable_style(lesson, output)
    pictures = write_cards(lesson, output) if extras.cards else {}
    others = {page.path: bodies.body(lesson, page) for page in _other_pages(lesson)}
    has_exercises = _has_exercises(lesson, bodies)

    def site(view: View) -> Site:
        made = site_context(lesson, others, view, spoken, assets, has_exercises=has_exercises)
        copy, size = (OFFLINE_COPY, SIZE_HOLE) if extras.offline_copy else ("", "")
        return replace(
            made,
            search=window,
            offline_copy=copy,
            offline_size=size,
            teaching=teaching if view == "instructor" else None,
            timetable_stylesheet=timetable_style,
        )

    return [
        Edition(
            lesson,
            site(view),
            sidebar_of(lesson, view, spoken),
            others,
            for_web=extras.for_web,
            rendered=bodies.rendered,
            cards=pictures,
            ran=extras.ran,
        )
        for view in VIEWS
    ]


def _has_exercises(lesson: Lesson, bodies: Bodies) -> bool:
    """Whether the lesson has pages of exercises. Menus link to them, so it is known before any page is written."""
    return any(
        not exercise.instructors_only
        for page in may_have_exercises(lesson)
        for exercise in bodies.look_ahead(lesson, page).exercises
    )


def _other_pages(lesson: Lesson) -> Iterator[Page]:
    """Every page but the episodes."""
    yield lesson.home
    yield from (page for page in (lesson.setup, lesson.instructor_notes) if page)
    yield from (*lesson.learners, *lesson.instructors, *lesson.profiles, *lesson.others)


def _write_episodes(
    editions: list[Edition],
    bodies: Bodies,
    output: OutputFolder,
    records: list[Record],
    show: Callable[[str], object],
) -> list[Episode]:
    """Write each episode's pages and its parts of the long pages; keep what others gather.

    What search finds in them is added to `records`, if there is a search. Bodies are dropped as soon as they are
    written, so that memory does not grow with the text.
    """
    gathered: list[Episode] = []
    lesson, site = editions[0].lesson, editions[0].site
    if not lesson.episodes:
        return gathered
    kinds = [ALL_IN_ONE, *((EXERCISES, EXERCISES_WITH_SOLUTIONS) if site.has_exercises else ())]
    long_pages = [LongPageWriter(kind, editions, output) for kind in kinds]
    for position, page in enumerate(lesson.episodes):
        body = bodies.body(lesson, page)
        for path, text in episode_pages(editions, position, body):
            show(path)
            output.write(path, text)
        for long_page in long_pages:
            long_page.add(page, body)
        if site.search:
            records += episode_records(editions[0], page, body)
        gathered.append(Episode(page, _without_text(body)))
    for long_page in long_pages:
        long_page.close()
    return gathered


def _without_text(body: Body) -> Body:
    return replace(body, html="", exercises=())


def _written_once(edition: Edition, episodes: list[Episode]) -> Iterator[tuple[str, str]]:
    """The pages of one view that are not episodes. A page that the lesson has of its own is not made as well."""
    lesson = edition.lesson
    yield "index.html", home_page(edition, episodes)
    own = (*lesson.learners, *lesson.instructors, *lesson.others)
    for page in own:
        body, ending = edition.bodies[page.path], ""
        if page.slug == "reference":
            body = replace(body, html=glossary_with_uses(edition, body.html, episodes))
            ending = glosario_list(edition, episodes)
        yield f"{page.slug}.html", other_page(edition, page, body, ending)
    written = {f"{page.slug}.html" for page in (*own, *lesson.episodes)}
    for name, make in GATHERED.items():
        if name not in written and (episodes or name not in _GATHERED_FROM_EPISODES):
            text = make(edition, episodes)
            if text is not None:
                yield name, text


def _write_index(
    lesson: Lesson, records: list[Record], window: SearchFiles, output: OutputFolder, bodies: Bodies
) -> None:
    """Write the index of `records`. If that fails, the window goes too: its button then leads to all episodes."""
    problem = write_index(records, lesson.settings.language, output)
    if problem is not None:
        bodies.warnings.append(problem)
        output.remove(window.script)
        output.remove(window.stylesheet)


def _write_files(lesson: Lesson, output: OutputFolder) -> None:
    """Write what is no page: the lesson's own files, and those for machines."""
    for asset in lesson.assets:
        output.copy(asset.target, asset.source, asset.source.relative_to(lesson.root).as_posix())
    output.write(".nojekyll", "")
    output.write("md5sum.txt", checksums(lesson))
    for plan in lesson.timetable:
        if plan.is_dated:
            output.write(calendar_path(plan), calendar(lesson, plan, words(lesson.settings.language)))
    output.write("sitemap.xml", sitemap(lesson, output.paths))
    short = lesson.root / "config.yml"
    config = short if short.is_file() else lesson.root / "config.yaml"
    output.copy("config.yaml", config, config.name)
