"""The page that a server shows for an address that does not exist."""

from __future__ import annotations

from collections.abc import Sequence

from spokeshave.pages.edition import Edition, Episode
from spokeshave.pages.extra import extra_page
from spokeshave.theme import templates


def not_found_page(edition: Edition, episodes: Sequence[Episode]) -> str | None:
    """The 404 page. In a published site all its links are absolute, because it is shown at any depth."""
    root = edition.lesson.settings.url if edition.for_web else ""
    content = (
        templates()
        .get_template("not_found.html")
        .render(
            home=f"{root}{edition.path('index.html')}" if root else "index.html",
            source=edition.lesson.settings.source,
            words=edition.words,
        )
    )
    return extra_page(edition, "404.html", edition.words["not_found"], content, absolute_root=root)
