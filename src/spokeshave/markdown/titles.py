"""Titles in front matter: CommonMark's marks in text, without typography and emoji.

The Workbench renders titles by another library than pages.
"""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from spokeshave.markdown.identifiers import plain_text


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": 50})


def parse_title(text: str) -> list[Token]:
    """The inline tokens of a title."""
    return [child for token in _parser().parseInline(text) for child in token.children or ()]


def plain_title(text: str) -> str:
    """A title without markup, for places that take text alone."""
    return " ".join(plain_text(parse_title(text)).split())
