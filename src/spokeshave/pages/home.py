"""The home page: the summary, the timetable, for instructors the schedule, and the set-up instructions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from spokeshave.lesson import Lesson, Page, View
from spokeshave.pages.context import Link, PageContext, SidebarEntry
from spokeshave.pages.edition import Edition, Episode, render
from spokeshave.pages.glossary import popovers, used_terms
from spokeshave.pages.metadata import course
from spokeshave.pages.plain_text import describe, plain
from spokeshave.pages.schedule import schedule
from spokeshave.pages.sidebar import Sidebar, make_sidebar
from spokeshave.pages.timetable import folded_timetable
from spokeshave.pages.titles import shortened, title_html, title_text
from spokeshave.pages.unique_ids import with_unique_ids


def home_title(lesson: Lesson, words: Mapping[str, str], *, instructor: bool) -> Markup:
    """The home page's own title, or the view's default."""
    if lesson.home.title:
        return title_html(lesson.home)
    if lesson.settings.overview:
        return Markup.escape(lesson.settings.title)
    return Markup.escape(words["summary_and_schedule" if instructor else "summary_and_setup"])


def sidebar_of(lesson: Lesson, view: View, words: Mapping[str, str]) -> Sidebar:
    """The list beside every page: the home page, then the episodes."""
    home = SidebarEntry("index.html", home_title(lesson, words, instructor=view == "instructor"))
    numbered = lesson.settings.number_sidebar
    episodes = [
        SidebarEntry(f"{page.slug}.html", title_html(page), str(number) if numbered else "")
        for number, page in enumerate(lesson.episodes, 1)
    ]
    return make_sidebar((home, *episodes), view)


def home_page(edition: Edition, episodes: Sequence[Episode]) -> str:
    """The home page of one view."""
    lesson = edition.lesson
    title = home_title(lesson, edition.words, instructor=edition.instructor)
    first = lesson.episodes[0] if lesson.episodes else None
    content = home_content(edition, episodes)
    description = lesson.settings.description or describe(content, lesson.settings.title)
    objectives = [edition.in_view(text) for episode in episodes for text in episode.body.objectives]
    context = PageContext(
        path="index.html",
        title=title,
        plain_title=plain(title),
        description=description,
        content=content,
        source_path=lesson.home.path,
        edit_href=edition.edit_link(lesson.home.path),
        updated=str(lesson.home.updated or ""),
        sections=_sections(edition),
        following=Link(Markup.escape(shortened(title_text(first))), f"{first.slug}.html") if first else None,
        is_current=True,
        stylesheets=(edition.site.timetable_stylesheet,) if lesson.timetable else (),
        other_view=edition.other_view("index.html"),
        canonical=edition.canonical("index.html"),
        card=edition.card(),
        card_address=edition.card_address(),
        json_ld=(
            edition.json_ld("index.html", lesson.settings.title, description, lesson.home),
            course(lesson, description, objectives),
        ),
    )
    return render("home.html", edition, context)


def home_content(edition: Edition, episodes: Sequence[Episode]) -> Markup:
    """The text of the home page. `episodes` are needed for the schedule."""
    lesson = edition.lesson
    used = {"setup", "schedule", "top", "main-content"}
    parts = [with_unique_ids(edition.body(lesson.home), used, "summary")]
    parts.append(_schedules(edition, episodes))
    if lesson.setup:
        setup = with_unique_ids(edition.body(lesson.setup), used, "setup")
        parts.append(f'<section id="setup">\n{setup}\n</section>')
    terms = [term for page in _pages(lesson) for term in used_terms(edition, edition.bodies[page.path])]
    return Markup("\n".join(parts)) + popovers(edition, dict.fromkeys(terms))


def _schedules(edition: Edition, episodes: Sequence[Episode]) -> Markup:
    """The plans of the lesson, if it has any; and for instructors how long its episodes take."""
    shown = edition.instructor and not edition.lesson.settings.overview
    table = schedule(edition, episodes) if shown else Markup()
    if edition.lesson.timetable:
        return folded_timetable(edition, table)
    return Markup('<section id="schedule">\n{}</section>').format(table) if shown else Markup()


def _pages(lesson: Lesson) -> tuple[Page, ...]:
    """The pages whose text stands on the home page."""
    return (lesson.home, lesson.setup) if lesson.setup else (lesson.home,)


def _sections(edition: Edition) -> tuple[Link, ...]:
    """The level-two headings of the summary and of the set-up instructions."""
    lesson = edition.lesson
    headings = [heading for page in _pages(lesson) for heading in edition.bodies[page.path].sections]
    first = {heading.identifier: heading for heading in reversed(headings)}
    return tuple(
        Link(edition.in_view(heading.html), f"#{heading.identifier}")
        for heading in headings
        if first[heading.identifier] is heading
    )
