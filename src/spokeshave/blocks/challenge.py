"""Challenges: a box, and its solutions and hints as folds *beside* it, in the order of the text.

What stands between two folds goes on in a box of its own; what stands after the last one becomes a
discussion box.
"""

from __future__ import annotations

from collections.abc import Sequence

from spokeshave.blocks.body import Exercise
from spokeshave.blocks.boxes import Box, box_html, box_level, content_html, given_attributes, split_title
from spokeshave.blocks.folds import FOLDS
from spokeshave.blocks.html import escape, unmarked_solutions
from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node


def is_fold(node: Node) -> bool:
    return node.kind == "div" and not FOLDS.keys().isdisjoint(node.classes)


def challenge(writer: Writer, node: Node) -> str:
    """A challenge and the folds that belong to it, one after another.

    The outermost challenge is noted as an exercise of the page, with those in it.
    """
    if writer.in_challenge:
        return _train_html(_Train(writer, node), node)
    section = writer.sections[-1].html if writer.sections else ""
    writer.in_challenge = True
    train = _Train(writer, node)
    html = _train_html(train, node)
    writer.in_challenge = False
    writer.exercises.append(Exercise(train.first, section, html))
    return unmarked_solutions(html)


def _train_html(train: _Train, node: Node) -> str:
    parts: list[str] = []
    between: list[Node] = []
    for child in node.children:
        if not is_fold(child):
            between.append(child)
            continue
        if between or not parts:
            parts.append(train.box("challenge", between))
        parts.append(train.writer.block(child))
        between = []
    if not parts:
        return train.box("challenge", between)
    if between:
        parts.append(train.box("discussion", between))
    return "\n".join(parts)


class _Train:
    """The boxes of one challenge: the later ones carry on the title and the name of the first."""

    def __init__(self, writer: Writer, node: Node) -> None:
        self.writer = writer
        self.classes = tuple(name for name in node.classes if name != "challenge")
        self.attributes = given_attributes(writer, node)
        self.title = ""
        self.identifier = ""
        self.first = ""
        """The id of the first box."""
        self.level = box_level(writer)

    def box(self, kind: str, nodes: Sequence[Node]) -> str:
        number = self.writer.number(kind)
        heading, rest = split_title(nodes)
        title = self.writer.text_of(heading) if heading else ""
        own = heading.identifier if heading else ""
        identifier = own or self._continued_id(f"{kind}{number}")
        self.first = self.first or identifier
        title = title or self._continued_title()
        self.title, self.identifier = self.title or title, self.identifier or own
        attributes, self.attributes = self.attributes, ""
        content = content_html(self.writer, rest, self.level)
        box = Box(kind, identifier, title, self.level, content, self.classes, attributes)
        return box_html(self.writer, box)

    def _continued_title(self) -> str:
        if not self.title:
            return escape(self.writer.words["box_challenge"])
        return f"{self.title}<em> {escape(self.writer.words['continued'])}</em>"

    def _continued_id(self, numbered: str) -> str:
        return self.writer.unique_id(f"{self.identifier}-continued" if self.identifier else numbered)
