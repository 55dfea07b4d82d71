"""The words of a page that are its author's own, line by line: no code, no maths, no quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spokeshave.markdown import Node

_QUOTED = re.compile(r"“[^“”]*”")
_TYPEWRITTEN = str.maketrans("’", "'")
_OMITTED = "\N{OBJECT REPLACEMENT CHARACTER}"
_CODE = frozenset({"code_inline", "math_inline", "math_display"})
_FOREIGN = frozenset({"testimonial"})


@dataclass(frozen=True, slots=True)
class ProseLine:
    """What is shown of one line of the source. A sign stands where code or maths is left out."""

    line: int
    text: str


def prose_of(nodes: tuple[Node, ...]) -> Iterator[ProseLine]:
    """The author's own words; block quotes and testimonials are those of others."""
    for node in nodes:
        if node.kind == "inline":
            yield from _lines(node)
        elif node.kind != "blockquote" and _FOREIGN.isdisjoint(node.classes):
            yield from prose_of(node.children)


def _lines_of(code: str, source: str, at: int) -> tuple[int, int]:
    """How many lines end within this code, and where it ends: the tree has blanks in place of its line ends."""
    found = re.compile(r"\s+".join(map(re.escape, code.split()))).search(source, at)
    return (found[0].count("\n"), found.end()) if found else (0, at)


def _lines(node: Node) -> Iterator[ProseLine]:
    parts: list[str] = []
    breaks: list[int] = []
    length = at = 0
    for token in node.token.children or ():
        if token.type in ("softbreak", "hardbreak"):
            text = " "
            breaks.append(length)
        elif token.type in _CODE:
            lines, at = _lines_of(token.content, node.token.content, at)
            text = _OMITTED + " " * lines
            breaks += range(length + 1, length + 1 + lines)
        elif token.type in ("text", "text_special", "emoji"):
            text = token.content
        else:
            continue
        parts.append(text)
        length += len(text)
    # A quotation may go on over several lines.
    whole = _QUOTED.sub(lambda quoted: _OMITTED * len(quoted[0]), "".join(parts)).translate(_TYPEWRITTEN)
    start = 0
    for number, end in enumerate((*breaks, length)):
        yield ProseLine(node.line + number, whole[start:end])
        start = end + 1
