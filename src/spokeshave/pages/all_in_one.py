"""All episodes on one page, written piece by piece: it may be longer than memory is wide."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from spokeshave.blocks.body import Body
from spokeshave.lesson import Page
from spokeshave.pages.edition import Edition
from spokeshave.pages.extra import extra_page
from spokeshave.pages.policy import ANALYTICS, allowances, policy_text
from spokeshave.pages.titles import title_html
from spokeshave.pages.unique_ids import with_unique_ids

_HOLE = "\x04"


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the episodes.

    `policy` is the Content-Security-Policy as `before` holds it, for the frame alone, and `allowed` is what that
    allows beside the site's own files: what the episodes need is known only when the last one is written.
    """

    before: str
    after: str
    policy: str
    allowed: frozenset[tuple[str, str]]


def frame(edition: Edition) -> Frame:
    """The page without its episodes."""
    page = extra_page(edition, "aio.html", edition.words["all_in_one"], _HOLE)
    before, after = page.split(_HOLE)
    allowed = allowances(page) | (ANALYTICS if edition.site.analytics else frozenset())
    return Frame(before, after, policy_text(allowed), allowed)


def episode_ids(page: Page, body: Body, used: set[str]) -> str:
    """An episode's HTML (for both views) with ids that no other episode of the page has."""
    used.add(f"aio-{page.slug}")
    return with_unique_ids(body.html, used, page.slug)


def episode_part(edition: Edition, page: Page, html: str) -> str:
    """One episode of the page; `html` comes from `episode_ids`."""
    link = Markup('<a href="{}.html">{}</a>').format(page.slug, title_html(page))
    origin = escape(edition.words["content_from"]).format(episode=link)
    return f'<section id="aio-{escape(page.slug)}">\n<p>{origin}</p>\n<hr>\n{edition.in_view(html)}\n</section>\n'
