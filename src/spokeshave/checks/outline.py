"""The headings of a page, with where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spokeshave.blocks.divs import DIVS
from spokeshave.blocks.shown_text import shown_text
from spokeshave.markdown import Node

_TABS = frozenset({"tab", "group-tab"})


@dataclass(frozen=True, slots=True)
class PageHeading:
    """A heading. `box` is the kind of the innermost div of the Workbench's around it, or nothing."""

    level: int
    text: str
    line: int
    box: str = ""
    is_title: bool = False
    """Whether it is the first block of that div, and so its title."""

    @property
    def is_label(self) -> bool:
        """Whether it only repeats what the page says anyway (“Solution”), or names a tab."""
        return self.box in _TABS or (self.is_title and self.text.casefold() == self.box)


def headings_of(nodes: tuple[Node, ...], box: str = "") -> Iterator[PageHeading]:
    """All headings, in the order of the text."""
    for position, node in enumerate(nodes):
        if node.kind == "heading":
            inline = node.children[0].token
            text = shown_text(inline.children or ()) or inline.content
            yield PageHeading(int(node.token.tag[1]), text, node.line, box, bool(box) and not position)
        elif node.kind == "div":
            yield from headings_of(node.children, kind_of(node) or box)
        else:
            yield from headings_of(node.children, box)


def kind_of(node: Node) -> str:
    """Which of the Workbench's kinds a div is, or nothing."""
    if node.kind != "div":
        return ""
    return next((name for name in node.classes if name in DIVS), "")
