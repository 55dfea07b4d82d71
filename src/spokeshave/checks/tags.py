"""The tags of raw HTML on a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spokeshave.blocks.html import HTML_FORMATS
from spokeshave.blocks.raw_html import TAG
from spokeshave.checks.inline import tokens_of
from spokeshave.markdown import Node
from spokeshave.markdown.html_tags import match_tag, read_attributes, tag_name
from spokeshave.markdown.inline_html_ends import ADDED


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening tag and its line."""

    name: str
    attributes: Mapping[str, str]
    raw: str
    line: int


def tags_of(node: Node) -> Iterator[Tag]:
    """The tags of `node` itself: of a block of HTML, or of a paragraph's text."""
    if node.kind == "html_block":
        yield from _tags(node.token.content, node.line)
    elif node.kind == "raw_block" and node.token.info in HTML_FORMATS:
        yield from _tags(node.token.content, node.line + 1)
    elif node.kind == "inline" and "<" in node.token.content:
        for html, line in inline_html(node):
            yield from _tags(html, line)


def inline_html(node: Node) -> Iterator[tuple[str, int]]:
    """The raw HTML in a paragraph's text, each piece with its line.

    The source tells the lines: what the tree has of it has fewer line ends.
    """
    text, end = node.token.content, 0
    for child in tokens_of(node):
        if child.type == "html_inline" and ADDED not in child.meta:
            written = child.markup or child.content
            start = max(text.find(written, end), 0)
            end = start + len(written)
            yield written, node.line + text.count("\n", 0, start)


def _tags(html: str, line: int) -> Iterator[Tag]:
    for start in TAG.finditer(html):
        match = match_tag(html, start.start())
        if match is not None and match["name"]:
            attributes = read_attributes(match["attributes"])
            yield Tag(tag_name(match), attributes, match[0], line + html.count("\n", 0, start.start()))
