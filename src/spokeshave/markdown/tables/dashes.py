"""Lines of dashes, which give simple and multiline tables their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spokeshave.markdown.tables.columns import cut
from spokeshave.markdown.tables.layout import PAGE_WIDTH, Align

_DASHED = re.compile(r" {0,3}-+(?:[ \t]+-+)*$")
_DASHES = re.compile(r"-+[ \t]*")


def is_dashed(text: str) -> bool:
    return bool(_DASHED.match(text))


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a line of dashes gives: where each begins, and how many dashes it has."""

    starts: Sequence[int]
    lengths: Sequence[int]

    def split(self, text: str) -> list[str]:
        """A line's cells, blanks and all. What stands before the first column belongs to it."""
        before, *cells = cut(text, self.starts)
        if before.strip():
            cells[0] = before + cells[0]
        return cells

    def aligns(self, rows: Sequence[Sequence[str]]) -> list[Align]:
        """Alignment by where the text of each column stands above or below its dashes."""
        return [_align([row[n] for row in rows], length) for n, length in enumerate(self.lengths)]

    def widths(self) -> list[float]:
        """Each column's share of the page. The last has no gap behind it that would count."""
        ends = [*self.starts[1:], self.starts[-1] + self.lengths[-1] + 1]
        spans = [end - start for start, end in zip(self.starts, ends, strict=True)]
        if len(spans) > 1 and 0 < spans[-2] - spans[-1] <= 2:
            spans[-1] = spans[-2]
        page = max(PAGE_WIDTH, ends[-1], self.starts[0] + sum(spans))
        return [span / page for span in spans]


def columns_of(text: str) -> Columns:
    """The columns that a line of dashes gives."""
    starts, lengths = [], []
    for dashes in _DASHES.finditer(text):
        starts.append(dashes.start())
        lengths.append(len(dashes[0].rstrip()))
    return Columns(starts, lengths)


def _align(texts: Sequence[str], length: int) -> Align:
    """By the shortest of `texts`: is there a blank before it, is there room after it?"""
    shortest = min(filter(None, (text.rstrip() for text in texts)), key=len, default="")
    if not shortest:
        return ""
    blank_before, room_after = shortest[0] in " \t", len(shortest) < length
    if blank_before:
        return "center" if room_after else "right"
    return "left" if room_after else ""
