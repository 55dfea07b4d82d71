"""A page as a row of pieces: text for Markdown cells, and code for code cells.

A code cell cannot stand inside a quote, a list or a fold. Where one does on the page, the text around
it is cut in two, and code of a solution is hidden by the notebook's own means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from spokeshave.blocks.boxes import ICONS, split_title
from spokeshave.blocks.folds import FOLD_ORDER
from spokeshave.blocks.html import escape
from spokeshave.blocks.shown_text import shown_text
from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node
from spokeshave.notebooks.blocks import BlockText, hanging, markers, quoted


@dataclass(frozen=True, slots=True)
class Text:
    """A run of Markdown. `whole` text is a fold, which no box puts into its quote."""

    markdown: str
    whole: bool = False
    starts_cell: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A code block, by the line of its opening fence. `folded`: it belongs to a solution."""

    line: int
    folded: bool = False


Piece = Text | Code
_COMMENT = re.compile(r"(?:<!--(?:(?!-->).)*-->\s*)+", re.DOTALL)


class Pieces:
    """Cuts one page. `code` holds the lines of blocks that become cells; `shown` of fences left out."""

    def __init__(self, text: BlockText, writer: Writer, code: frozenset[int], shown: frozenset[int]) -> None:
        self._text = text
        self._writer = writer
        self._words: Mapping[str, str] = writer.words
        self._code = code
        self._shown = shown

    def of(self, nodes: Sequence[Node]) -> Iterator[Piece]:
        """The pieces of blocks one after another."""
        for node in nodes:
            yield from self._block(node)

    def _block(self, node: Node) -> Iterator[Piece]:
        if node.kind in ("fence", "code_block") and node.line in self._code:
            yield Code(node.line)
        elif (node.kind == "fence" and node.line in self._shown) or _is_comment(node):
            return
        elif node.kind == "div":
            yield from self._div(node)
        elif node.children and self._must_be_cut(node):
            yield from self._container(node)
        else:
            markdown = self._text.block(node)
            if markdown:
                yield Text(markdown, starts_cell=node.kind == "heading" and node.token.tag in ("h1", "h2"))

    def _must_be_cut(self, node: Node) -> bool:
        """Whether code or a div stands within a list, a quote or the like."""
        return any(inner.kind == "div" or inner.line in self._code for inner in node.walk() if _own(inner))

    def _container(self, node: Node) -> Iterator[Piece]:
        """A list or quote with code or a div in it: its pieces in a row."""
        if node.kind == "blockquote":
            yield from _quote(self.of(node.children))
        elif node.kind in ("bullet_list", "ordered_list"):
            for item, marker in zip(node.children, markers(node), strict=True):
                yield from _marked(self.of(item.children), marker)
        else:
            yield from self.of(node.children)

    def _div(self, node: Node) -> Iterator[Piece]:
        kind = self._writer.div_kind(node)
        if kind == "instructor":
            return
        if kind in FOLD_ORDER:
            yield from self._fold(node, kind)
        elif kind in ICONS:
            yield from self._box(node, kind)
        elif kind in ("questions", "objectives"):
            yield Text(f"**{self._words[kind]}**")
            yield from self.of([child for child in node.children if child.kind != "heading"])
        elif kind in ("tab", "group-tab"):
            yield from self._tabs(node)
        else:
            yield from self.of(node.children)

    def _box(self, node: Node, kind: str) -> Iterator[Piece]:
        """A box: a quote that begins with its kind and title."""
        title, rest = split_title(node.children)
        name = self._words[f"box_{kind}"]
        heading = f"**{name}**: {self._text.line(title)}" if title else f"**{name}**"
        inner = [Text(heading), *self.of(rest)]
        first, *others = _quote(iter(inner))
        yield replace(first, starts_cell=True) if isinstance(first, Text) else first
        yield from others

    def _fold(self, node: Node, kind: str) -> Iterator[Piece]:
        """A solution, hint or spoiler. Each run of text in it is folded; so is its code."""
        heading, rest = split_title(node.children)
        title = shown_text(heading.children[0].token.children or ()) if heading else ""
        if not title or title.strip().casefold() == kind:
            title = self._words[f"fold_{kind}"]
        summary = escape(title)
        for is_text, run in groupby(self.of(rest), lambda piece: isinstance(piece, Text)):
            if is_text:
                content = "\n\n".join(piece.markdown for piece in run if isinstance(piece, Text))
                opening = f"<details>\n<summary>{summary}</summary>"
                yield Text(f"{opening}\n\n{content}\n\n</details>", whole=True)
                summary = escape(f"{title} {self._words['continued']}")
            else:
                yield from (replace(piece, folded=True) for piece in run if isinstance(piece, Code))

    def _tabs(self, node: Node) -> Iterator[Piece]:
        """Tabs, one below the other."""
        for child in node.children:
            if child.kind == "heading":
                yield Text(f"**{self._text.line(child)}**")
            else:
                yield from self._block(child)


def _is_comment(node: Node) -> bool:
    """Whether a block is an HTML comment, such as a directive for the test."""
    content = node.token.content.strip()
    return node.kind == "html_block" and not node.children and bool(_COMMENT.fullmatch(content))


def _own(node: Node) -> bool:
    """Whether a block may be a piece of its own."""
    return node.kind in ("div", "fence", "code_block")


def _quote(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Text as quotes; code and folds as they are."""
    for quotable, run in groupby(pieces, lambda piece: isinstance(piece, Text) and not piece.whole):
        if quotable:
            yield Text(quoted("\n\n".join(piece.markdown for piece in run if isinstance(piece, Text))))
        else:
            yield from run


def _marked(pieces: Iterator[Piece], marker: str) -> Iterator[Piece]:
    """An item of a list, cut into pieces: the marker stands before its first text."""
    first = next(pieces, None)
    if isinstance(first, Text):
        yield Text(hanging(first.markdown, marker))
    elif first is not None:
        yield from (Text(marker.strip()), first)
    yield from pieces
