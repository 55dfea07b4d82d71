"""All episodes on one page."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

from spokeshave.blocks.body import Body
from spokeshave.lesson import Page
from spokeshave.pages.edition import Edition
from spokeshave.pages.long_page import LongPage
from spokeshave.pages.titles import title_html
from spokeshave.pages.unique_ids import with_unique_ids


def _content(words: Mapping[str, str], page: Page, body: Body, used: set[str]) -> str:
    """An episode's HTML (for both views) with ids that no other episode of the page has."""
    used.add(f"aio-{page.slug}")
    return with_unique_ids(body.html, used, page.slug)


def _part(edition: Edition, page: Page, html: str) -> str:
    link = Markup('<a href="{}.html">{}</a>').format(page.slug, title_html(page))
    origin = escape(edition.words["content_from"]).format(episode=link)
    return f'<section id="aio-{escape(page.slug)}">\n<p>{origin}</p>\n<hr>\n{edition.in_view(html)}\n</section>\n'


ALL_IN_ONE = LongPage("aio.html", "all_in_one", _content, _part, shows_definitions=True)
