"""The exercises of all episodes, to be printed: one page without their solutions, one with them unfolded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from markupsafe import Markup, escape

from spokeshave.blocks.body import Body, Exercise
from spokeshave.blocks.html import for_instructors, open_solutions, without_solutions
from spokeshave.lesson import Lesson, Page
from spokeshave.pages.context import Link
from spokeshave.pages.edition import Edition
from spokeshave.pages.extra import episode_section
from spokeshave.pages.long_page import LongPage
from spokeshave.pages.plain_text import plain
from spokeshave.pages.titles import title_html
from spokeshave.pages.unique_ids import out_of_page, with_unique_ids


def _content(
    solutions: Callable[[str], str], words: Mapping[str, str], page: Page, body: Body, used: set[str]
) -> str:
    """An episode's exercises for both views; `solutions` takes them out or opens them."""
    if not body.exercises:
        return ""
    used.add(page.slug)
    html = "\n".join(_exercise(words, page, exercise) for exercise in body.exercises)
    return with_unique_ids(out_of_page(solutions(html), page.slug), used, page.slug)


def _exercise(words: Mapping[str, str], page: Page, exercise: Exercise) -> str:
    """An exercise below the section it stands in, which leads back to its place there."""
    address = f"{escape(page.slug)}.html#{escape(exercise.identifier)}"
    place = escape(plain(exercise.section) or words["exercise_place"])
    html = f'<p class="exercise-place"><a href="{address}">{place}</a></p>\n{exercise.html}'
    return for_instructors(html) if exercise.instructors_only else html


def _part(edition: Edition, page: Page, html: str) -> str:
    seen = edition.in_view(html)
    return episode_section(page.slug, title_html(page), seen) + "\n" if seen.strip() else ""


EXERCISES = LongPage(
    "exercises.html", "exercises", partial(_content, without_solutions), _part, "exercises.html"
)
EXERCISES_WITH_SOLUTIONS = LongPage(
    "exercises-solutions.html",
    "exercises_with_solutions",
    partial(_content, open_solutions),
    _part,
    "exercises.html",
)


def exercise_links(words: Mapping[str, str]) -> tuple[Link, ...]:
    """The entries of both pages in the menus of a lesson that has them."""
    return tuple(
        Link(Markup.escape(words[page.title]), page.name) for page in (EXERCISES, EXERCISES_WITH_SOLUTIONS)
    )


def may_have_exercises(lesson: Lesson) -> tuple[Page, ...]:
    """The episodes whose text may hold an exercise; none where the lesson has a page of its own of that name."""
    own = {"exercises", "exercises-solutions"}
    pages = (*lesson.episodes, *lesson.learners, *lesson.instructors, *lesson.others)
    if any(page.slug in own for page in pages):
        return ()
    return tuple(page for page in lesson.episodes if "challenge" in page.text)
