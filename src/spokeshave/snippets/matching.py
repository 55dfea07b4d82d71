"""Whether a printed text is the expected one.

Numbers with a decimal point or an exponent may differ a little; `...` stands for any text, over
lines too; blanks at the ends of lines and lines at the end of the text do not count, nor do colors
for terminals. All else must be the same, whole numbers too: counts, years and checksums are exact.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff

# In `1.9.1` or `f4.5e` there is no number; in `1989.` there is a whole one.
_NUMBER = re.compile(
    r"(?<![\w.])[-+]?(?:\d+\.\d+|\.\d+|\d+\.(?=e[-+]\d)|\d+(?=e[-+]\d))(?:e[-+]\d+)?(?!\d|\.\d|\.\.)",
    re.IGNORECASE,
)
_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_VERSION = re.compile(r"[-+]?\d\w*(?:\.\w+)*")
_ANYTHING = "..."


def clean(text: str) -> str:
    """`text` without what does not count."""
    lines = _ANSI.sub("", text).split("\n")
    return "\n".join(line.rstrip() for line in lines).rstrip("\n")


def matches(expected: str, printed: str, tolerance: float) -> bool:
    """Whether `printed` is what `expected` asks for. With an infinite tolerance any number is as good."""
    if math.isinf(tolerance):
        expected, printed = _VERSION.sub("0", expected), _VERSION.sub("0", clean(printed))
    texts = clean(expected).split(_ANYTHING)
    pieces = [
        _Piece(text, tolerance, after_gap=number > 0, before_gap=number < len(texts) - 1)
        for number, text in enumerate(texts)
    ]
    text = clean(printed)
    if len(pieces) == 1:
        return pieces[0].ends(text, 0) == len(text)
    position = pieces[0].ends(text, 0)
    for piece in pieces[1:-1]:
        if position is None:
            return False
        # The first place is the best: it leaves the most for the pieces that follow.
        position = piece.find(text, position)
    return position is not None and pieces[-1].closes(text, position)


def difference(expected: str, printed: str, tolerance: float, *, name: str) -> str:
    """A unified diff from the page's text to the printed one; lines that match are not shown as changed."""
    old, new = clean(expected).split("\n"), clean(printed).split("\n")
    if len(old) == len(new):
        old = [now if matches(then, now, tolerance) else then for then, now in zip(old, new, strict=True)]
    lines = unified_diff(old, new, f"{name} on the page", f"{name} of the run", lineterm="")
    return "".join(f"{line}\n" for line in lines)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Expected text between two `...`."""

    text: str
    tolerance: float
    after_gap: bool
    before_gap: bool

    def ends(self, printed: str, start: int) -> int | None:
        """Where this piece ends in `printed` if it begins at `start`; `None` if it does not."""
        position, done = start, 0
        for number in self._numbers():
            between = self.text[done : number.start()]
            if not printed.startswith(between, position):
                return None
            found = _NUMBER.match(printed, position + len(between))
            if found is None or not self._near(number[0], found[0]):
                return None
            position, done = found.end(), number.end()
        rest = self.text[done:]
        return position + len(rest) if printed.startswith(rest, position) else None

    def find(self, printed: str, start: int) -> int | None:
        """Where this piece ends at the first place from `start` on."""
        for begin in self._places(printed, start):
            end = self.ends(printed, begin)
            if end is not None:
                return end
        return None

    def closes(self, printed: str, start: int) -> bool:
        """Whether `printed` ends with this piece, somewhere from `start` on."""
        if not self.text:
            return True
        return any(self.ends(printed, begin) == len(printed) for begin in self._places(printed, start))

    def _places(self, printed: str, start: int) -> Iterator[int]:
        """Where this piece may begin, from `start` on: where its text before its first number stands."""
        first = next(self._numbers(), None)
        words = self.text[: first.start()] if first else self.text
        begin = printed.find(words, start)
        while begin >= 0:
            yield begin
            begin = printed.find(words, begin + 1)

    def _numbers(self) -> Iterator[re.Match[str]]:
        """The whole numbers in this piece, not those that a gap cuts off: `0.96...`."""
        for number in _NUMBER.finditer(self.text):
            cut = (self.after_gap and not number.start()) or (
                self.before_gap and number.end() == len(self.text)
            )
            if not cut:
                yield number

    def _near(self, expected: str, printed: str) -> bool:
        return expected == printed or math.isclose(float(expected), float(printed), rel_tol=self.tolerance)
