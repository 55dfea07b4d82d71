"""How long the sections of a page take: minutes that titles give, and the length of the text.

A line of code, which is typed, run and talked about, counts as ten words. What stands in folds, questions,
objectives and key points is not counted: learners read it on their own, or its time is that of an exercise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spokeshave.blocks.body import Pace
from spokeshave.blocks.folds import FOLDS
from spokeshave.blocks.sections import opens_page_section
from spokeshave.blocks.shown_text import shown_text
from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node

ASSESSMENTS = frozenset({"challenge", "discussion"})
"""Divs in which learners try what they have learned."""
NOT_TAUGHT = frozenset({"questions", "objectives", "keypoints", *FOLDS})
"""Divs whose text takes no time of its own."""

_WORDS_PER_LINE_OF_CODE = 10
_OUTPUTS = frozenset({"output", "error", "warning"})
_MINUTES = re.compile(r"[(（]\s*(\d{1,3})\s*(?:min|分|хв)[^()（）]*[)）]\s*$", re.IGNORECASE)
"""At the end of a title, in the seven languages: (5 minutes), (5 min), (5 Minuten), (5分), (5 хвилин)."""


def section_paces(writer: Writer, nodes: Sequence[Node]) -> tuple[Pace, ...]:
    """What stands before the first section of the page, then each section."""
    parts: list[list[Node]] = [[]]
    for node in nodes:
        if node.kind == "heading" and opens_page_section(writer, node):
            parts.append([])
        else:
            parts[-1].append(node)
    return tuple(_pace(writer, part) for part in parts)


def own_weight(node: Node) -> int:
    """The length in words of one block, without those in it."""
    if node.kind == "inline":
        return len(node.token.content.split())
    if node.kind in ("fence", "code_block") and _OUTPUTS.isdisjoint(node.classes):
        lines = [line for line in node.token.content.split("\n") if line.strip()]
        return len(lines) * _WORDS_PER_LINE_OF_CODE
    return 0


def _pace(writer: Writer, nodes: Sequence[Node]) -> Pace:
    minutes = words = 0
    for node in nodes:
        kind = writer.div_kind(node)
        if kind in NOT_TAUGHT:
            continue
        given = _given_minutes(node) if kind in ASSESSMENTS else 0
        inner = Pace(given) if given else _pace(writer, node.children)
        minutes += inner.minutes
        words += inner.words + own_weight(node)
    return Pace(minutes, words)


def _given_minutes(box: Node) -> int:
    """The minutes in the titles of a box; it has several if it has several parts."""
    titles = [
        shown_text(node.children[0].token.children or ()) for node in box.children if node.kind == "heading"
    ]
    return sum(int(found[1]) for title in titles if (found := _MINUTES.search(title)))
