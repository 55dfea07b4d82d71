"""The schedule on the instructors' home page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from spokeshave.pages.edition import Edition, Episode
from spokeshave.pages.titles import title_html
from spokeshave.theme import templates


@dataclass(frozen=True, slots=True)
class Row:
    """One episode of the schedule."""

    start: str
    number: str
    href: str
    title: Markup
    questions: tuple[Markup, ...]


def schedule(edition: Edition, episodes: Iterable[Episode]) -> Markup:
    """When each episode begins, counted from the start of the lesson, and which questions it answers."""
    rows = []
    minutes = 0
    for number, episode in enumerate(episodes, 1):
        rows.append(
            Row(
                start=_clock(edition, minutes),
                number=str(number),
                href=f"{episode.page.slug}.html",
                title=title_html(episode.page),
                questions=tuple(edition.in_view(question) for question in episode.body.questions),
            )
        )
        minutes += episode.page.minutes
    template = templates().get_template("schedule.html")
    return Markup(
        template.render(
            rows=rows,
            total=_clock(edition, minutes),
            has_setup=edition.lesson.setup is not None,
            words=edition.words,
        )
    )


def _clock(edition: Edition, minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return edition.words["hours_minutes"].format(hours=f"{hours:02}", minutes=f"{rest:02}")
