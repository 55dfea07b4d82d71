"""From a block's text back to the place in the source: the tree knows lines, not columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_TYPEWRITTEN = str.maketrans("‘’“”", "''\"\"")

_FURTHEST = 3
"""Lines that a text may stand below where it is expected: addresses and titles may go on over lines."""


@dataclass(slots=True)
class Columns:
    """Finds texts in the lines of one page. The same text asked for again is its next occurrence."""

    lines: Sequence[str]
    _after: dict[tuple[int, str], int] = field(default_factory=dict)
    _plain: dict[int, str] = field(default_factory=dict)

    def place(self, needles: Iterable[str], line: int, last: int = 0) -> tuple[int, int]:
        """Line and column, from one, of the first of `needles` that stands in `line` or a little below.

        It is not looked for below line `last`. `line` and column one if none is there.
        """
        wanted = [needle.translate(_TYPEWRITTEN) for needle in needles if needle]
        for number in range(line, max(line, min(last, line + _FURTHEST)) + 1):
            for needle in wanted:
                column = self._find(number, needle)
                if column:
                    return number, column
        return line, 1

    def _line(self, line: int) -> str:
        if line not in self._plain:
            known = 0 < line <= len(self.lines)
            self._plain[line] = self.lines[line - 1].translate(_TYPEWRITTEN) if known else ""
        return self._plain[line]

    def _find(self, line: int, needle: str) -> int:
        """The column of the next occurrence of `needle` in `line`; zero if there is none."""
        text = self._line(line)
        at = text.find(needle, self._after.get((line, needle), 0))
        if at < 0:
            return 0
        self._after[line, needle] = at + len(needle)
        return at + 1
