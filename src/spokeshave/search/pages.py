"""Which pages are searched: those of learners that have a source. Gathered pages hold nothing of their own."""

from __future__ import annotations

from collections.abc import Iterator

from spokeshave.blocks.body import Body
from spokeshave.lesson import Page
from spokeshave.pages.edition import Edition
from spokeshave.pages.home import home_content, home_title
from spokeshave.pages.plain_text import plain
from spokeshave.pages.titles import title_text
from spokeshave.search.cut import cut
from spokeshave.search.record import Record


def episode_records(edition: Edition, page: Page, body: Body) -> list[Record]:
    """The records of an episode. `edition` is the learners'."""
    return cut(edition.in_view(body.html), f"{page.slug}.html", title_text(page), edition.words)


def other_records(edition: Edition) -> Iterator[Record]:
    """The records of the home page, with the set-up instructions, and of the pages beside the episodes."""
    title = plain(home_title(edition.lesson, edition.words, instructor=False))
    yield from cut(home_content(edition, ()), "index.html", title, edition.words)
    for page in (*edition.lesson.learners, *edition.lesson.others):
        yield from cut(edition.body(page), f"{page.slug}.html", title_text(page), edition.words)
