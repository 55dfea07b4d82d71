"""How long an episode teaches without letting learners try something.

The minutes of teaching that the front matter gives are shared out over the episode's text, in
proportion to its words; a line of code, which is typed, run and talked about, counts as ten words.
An episode that gives no minutes is taken to go on at a hundred words a minute. What stands in
challenges, discussions, solutions and other folds, questions, objectives and key points is not counted:
its time is that of the exercises, or learners read it on their own.

The Carpentries Lab asks for an assessment every ten to fifteen minutes.
Source: https://github.com/carpentries-lab/reviews, docs/editor_guide.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spokeshave.blocks.pace import ASSESSMENTS, NOT_TAUGHT, own_weight
from spokeshave.checks.finding import Finding
from spokeshave.checks.outline import kind_of
from spokeshave.checks.page import CheckedPage
from spokeshave.markdown import Node

_LONGEST = 15
_WORDS_PER_MINUTE = 100


@dataclass(slots=True)
class Stretch:
    """A part of an episode between two assessments: its lines, and its weight in words."""

    first: int = 0
    last: int = 0
    weight: int = 0

    def add(self, line: int, weight: int) -> None:
        self.first = self.first or line
        self.last = max(self.last, line)
        self.weight += weight


def check_stretches(page: CheckedPage) -> Iterator[Finding]:
    """Stretches of an episode that take more than fifteen minutes."""
    if page.page.folder != "episodes":
        return
    stretches = stretches_of(page.document.nodes)
    total = sum(stretch.weight for stretch in stretches)
    given = page.page.teaching
    minutes = total / _WORDS_PER_MINUTE if given is None else given
    for stretch in stretches:
        length = round(minutes * stretch.weight / total) if total else 0
        if length > _LONGEST:
            how = (
                f"at {_WORDS_PER_MINUTE} words a minute"
                if given is None
                else f"the page's {given} minutes of teaching shared out by words and lines of code"
            )
            message = (
                f"about {length} minutes of teaching, down to line {stretch.last}, without a challenge or "
                f"discussion ({how})"
            )
            fix = f"Let learners try something after at most {_LONGEST} minutes"
            yield page.found("long-stretch", stretch.first, message, fix)


def stretches_of(nodes: tuple[Node, ...]) -> list[Stretch]:
    """The episode's text, cut at every challenge and discussion."""
    cutting = _Cutting()
    cutting.read(nodes)
    return cutting.stretches


@dataclass(slots=True)
class _Cutting:
    stretches: list[Stretch] = field(default_factory=lambda: [Stretch()])

    def read(self, nodes: tuple[Node, ...]) -> None:
        for node in nodes:
            kind = kind_of(node)
            if kind in ASSESSMENTS:
                self.stretches.append(Stretch())
            elif kind not in NOT_TAUGHT:
                weight = own_weight(node)
                if weight:
                    self.stretches[-1].add(node.line, weight)
                self.read(node.children)
