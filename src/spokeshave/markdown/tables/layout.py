"""What a table is, before it becomes tokens, and the lines it is read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from markdown_it.rules_block import StateBlock

from spokeshave.markdown.endings import closes_something

PAGE_WIDTH = 72
"""Columns of text on pandoc's page: a column of a table gets its share of them."""

Align = Literal["", "left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text: `lines`, the first of them from line `line` of the page."""

    lines: Sequence[str]
    line: int
    column: int
    columns: int = 1
    rows: int = 1

    @property
    def text(self) -> str:
        return "\n".join(line.strip() for line in self.lines).strip()


Rows = list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` are shares of the page, and empty where the reader's browser is to find them."""

    aligns: Sequence[Align]
    head: Rows
    body: Rows
    end: int
    """The line after the table."""
    foot: Rows = field(default_factory=list)
    widths: Sequence[float] = ()
    blocks: bool = False
    """Whether cells hold blocks (paragraphs, lists …) rather than inline text."""
    cut_lines: Sequence[int] = ()
    """Lines with more cells than the table has columns, which pandoc leaves out."""


class Lines:
    """The lines of the text that `state` is in; `end` is the line after the last of them."""

    __slots__ = ("_state", "end")

    def __init__(self, state: StateBlock, end: int) -> None:
        self._state = state
        self.end = end

    def __getitem__(self, line: int) -> str:
        """The text of a line, with its indentation; empty if it is blank or not of the text.

        A tab within the text counts as one column, as in the Workbench.
        """
        state = self._state
        if line >= self.end or state.isEmpty(line):
            return ""
        text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()
        return "" if self.closes(line) else " " * state.sCount[line] + text

    def closes(self, line: int) -> bool:
        """Whether the line closes what is around the text: a fenced div, an element of raw HTML."""
        state = self._state
        return state.src.startswith((":", "<"), state.bMarks[line]) and closes_something(state, line)


def with_header(head: list[Cell]) -> Rows:
    """The rows of a table's head: none if its only row is empty."""
    return [head] if any(cell.text for cell in head) else []
