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
from spokeshave.markdown.lines import TAB, line_text

_MARK = re.compile(r"[Tt]able:|:")


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption's text, the lines it stands on, and the attributes it gives the table."""

    text: str
    attributes: Attributes
    start: int
    end: int


def caption_at(state: StateBlock, start: int, end: int) -> Caption | None:
    """The caption that begins on line `start`, if one does."""
    if start >= end or state.sCount[start] >= TAB:
        return None
    begin, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    mark = _MARK.match(state.src, begin, stop)
    if mark is None:
        return None
    following = state.src[mark.end() : mark.end() + 1]
    if mark[0] == ":" and following and category(following).startswith("P"):
        return None
    last = _end_of_paragraph(state, start, end)
    more = (line_text(state, line) for line in range(start + 1, last))
    text, attributes = _split_attributes("\n".join([state.src[mark.end() : stop], *more]).strip())
    return Caption(text, attributes, start, last)


def _end_of_paragraph(state: StateBlock, start: int, end: int) -> int:
    """The line after the paragraph that begins on line `start`."""
    line = start + 1
    while line < end and not state.isEmpty(line) and ending(state, line, end) is None:
        line += 1
    return line


def _split_attributes(text: str) -> tuple[str, Attributes]:
    if text.endswith("}"):
        for brace in re.finditer(r"\{", text):
            parsed = parse_attributes(text, brace.start())
            if parsed is not None and parsed[1] == len(text):
                return text[: brace.start()].rstrip(), parsed[0]
    return text, Attributes()
