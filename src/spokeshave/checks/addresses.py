"""The links and images of a page, with what checks ask of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from markdown_it.token import Token

from spokeshave.blocks.shown_text import shown_text
from spokeshave.checks.columns import Columns
from spokeshave.checks.inline import line_ends, tokens_of
from spokeshave.checks.tags import Tag, tags_of
from spokeshave.markdown import Node

_NAMES = {"a": "href", "area": "href", "object": "data"}
"""The attributes that hold the address, where it is not `src`."""


@dataclass(frozen=True, slots=True)
class Address:
    """A link or an image.

    `text` is what a link shows; `None` where there is nothing to show (images, `<iframe src>`). `alt` is
    an image's alternative text, `None` if it has none.
    """

    target: str
    line: int
    column: int
    text: str | None = None
    alt: str | None = None
    is_image: bool = False
    label: str = ""
    """Of `[text][label]`."""

    @property
    def scheme(self) -> str:
        """`https` of `https://…`, in small letters; nothing for an address within the site."""
        head, colon, _ = self.target.partition(":")
        word = head.replace("+", "").replace("-", "").replace(".", "")
        return head.lower() if colon and word.isalnum() and head[0].isalpha() else ""


def addresses_of(nodes: Iterator[Node], columns: Columns) -> Iterator[Address]:
    """Every link and image of the blocks, those in raw HTML too, in the order of the text."""
    for node in nodes:
        if node.kind == "inline":
            yield from _in_text(node, columns)
        for tag in tags_of(node):
            yield from _in_tag(tag, columns)


def _in_text(node: Node, columns: Columns) -> Iterator[Address]:
    tokens = tokens_of(node)
    last = node.token.map[1] if node.token.map else node.line
    line = node.line
    for position, token in enumerate(tokens):
        if token.type == "link_open":
            end = _closing(tokens, position)
            yield _link(token, tokens[position + 1 : end], tokens[end], (line, last), columns)
        elif token.type == "image":
            yield _image(token, (line, last), columns)
        line += line_ends(token)


def _closing(tokens: Sequence[Token], opened: int) -> int:
    """Where the link ends that opens there; links do not nest."""
    return next(at for at in range(opened, len(tokens)) if tokens[at].type == "link_close")


def _link(
    token: Token, inside: Sequence[Token], closing: Token, lines: tuple[int, int], columns: Columns
) -> Address:
    target = str(token.attrs.get("href", ""))
    words = shown_text([part for part in inside if part.type != "image"])
    shown = " ".join([words, *(_alternative(part) for part in inside if part.type == "image")]).strip()
    pictured = any(part.type in ("image", "html_inline") for part in inside)
    line, column = columns.place((f"[{shown}]", _raw(target), target, shown), *lines)
    return Address(
        target,
        line,
        column,
        text=None if pictured and not shown else shown,
        label=str(closing.meta.get("reference", "")),
    )


def _image(token: Token, lines: tuple[int, int], columns: Columns) -> Address:
    target = str(token.attrs.get("src", ""))
    line, column = columns.place((f"![{token.content}]", _raw(target), target), *lines)
    return Address(
        target,
        line,
        column,
        alt=str(token.attrs["alt"]) if "alt" in token.attrs else None,
        is_image=True,
        label=str(token.meta.get("reference", "")),
    )


def _alternative(token: Token) -> str:
    return str(token.attrs.get("alt", "")) or shown_text(token.children or ())


def _in_tag(tag: Tag, columns: Columns) -> Iterator[Address]:
    name = _NAMES.get(tag.name, "src")
    if name not in tag.attributes:
        return
    line, column = columns.place((tag.raw.split("\n")[0],), tag.line)
    alt = tag.attributes.get("alt")
    yield Address(
        unescape(tag.attributes[name].strip()),
        line,
        column,
        alt=None if alt is None else unescape(alt),
        is_image=tag.name == "img",
    )


def _raw(target: str) -> str:
    """The address as its author is likely to have written it."""
    return unquote(target)
