"""Table captions: `Table: …` or `: …`, in a paragraph of its own before or after the table.

Attributes at the end of a caption are the table's.
Source: "Extension: table_captions" and "table_attributes" of the Pandoc User's Guide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import category

from markdown_it.rules_block import StateBlock

from spokeshave.markdown.attributes import Attributes, parse_attributes
from spokeshave.markdown.endings import ending
from spokeshave.markdown.lines import TAB, line_text, text_start

_MARK = re.compile(r"[Tt]able:|:")


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption's text, the lines it stands on, and the attributes it gives the table."""

    text: str
    attributes: Attributes
    start: int
    end: int
    closed: bool
    """Whether attributes end it, so that no blank line need do so."""


def caption_at(state: StateBlock, start: int, end: int) -> Caption | None:
    """The caption that begins on line `start`, if one does."""
    if start >= end or state.sCount[start] >= TAB:
        return None
    mark = _MARK.match(state.src, text_start(state, start), state.eMarks[start])
    if mark is None:
        return None
    following = state.src[mark.end() : mark.end() + 1]
    if mark[0] == ":" and following and category(following).startswith("P"):
        return None
    text, last, attributes = _read(state, mark.end(), start, end)
    return Caption(text, attributes or Attributes(), start, last, attributes is not None)


def _read(state: StateBlock, begin: int, start: int, end: int) -> tuple[str, int, Attributes | None]:
    """The text from `begin` on, the line after it, and its attributes.

    It ends where a paragraph ends, or with attributes at the end of a line.
    """
    text, line = state.src[begin : state.eMarks[start]], start
    while True:
        found = _split_attributes(text.strip())
        line += 1
        if found is not None:
            return found[0], line, found[1]
        if line >= end or state.isEmpty(line) or ending(state, line, end) is not None:
            return text.strip(), line, None
        text += "\n" + line_text(state, line)


def _split_attributes(text: str) -> tuple[str, Attributes] | None:
    """`text` without the attributes that it ends with, and these; `None` if it ends with none."""
    if text.endswith("}"):
        for brace in re.finditer(r"\{", text):
            parsed = parse_attributes(text, brace.start())
            if parsed is not None and parsed[1] == len(text):
                return text[: brace.start()].rstrip(), parsed[0]
    return None
