"""Titles of pages: as markup, as plain text, and cut short for links."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from spokeshave.blocks import KINDS
from spokeshave.blocks.writer import Writer
from spokeshave.lesson import Page
from spokeshave.markdown.titles import parse_title
from spokeshave.pages.plain_text import plain

_LONGEST = 20


def title_html(page: Page) -> Markup:
    """The page's title; the file's name where it has none."""
    return inline_html(page.title) if page.title else Markup.escape(page.slug)


@lru_cache(maxsize=4096)
def inline_html(text: str) -> Markup:
    """Markdown of one line as HTML. Kept, because every page names its neighbours."""
    writer = Writer(kinds=KINDS, words={}, path="")
    return Markup(writer.inline(parse_title(text)))


def title_text(page: Page) -> str:
    """The page's title without markup."""
    return plain(title_html(page))


def shortened(title: str) -> str:
    """The whole words of a title that fit into 20 characters, or its first 20 if none does."""
    if len(title) <= _LONGEST:
        return title
    kept = title[:_LONGEST]
    if " " in title[: _LONGEST + 1]:
        kept = title[: _LONGEST + 1].rsplit(" ", 1)[0]
    return kept + "…"
