"""What the block rules must know of what is around the text they read.

Pandoc takes the text of a list item, a quote or a definition out of the page and parses it as a text
of its own. We do the same in place (`lines.py`): this is the state that goes along.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from markdown_it.rules_block import StateBlock

FENCE = ":::"
"""Stands in `Surroundings.open` for a fenced div; raw HTML stands there by its tag."""


@dataclass(slots=True)
class Surroundings:
    """Where a rule is at work."""

    open: list[str] = field(default_factory=list)
    """Fenced divs and raw HTML elements open in the present text, the innermost last."""
    fenced_divs: int = 0
    """How many fenced divs are open in the whole page."""
    html_tag: str = ""
    """The innermost raw HTML element that is open in the whole page."""
    in_list: bool = False
    ends_blank: bool = True
    """Whether a blank line may be taken to follow the present text."""


def surroundings(state: StateBlock) -> Surroundings:
    """The surroundings of the rule that `state` is at."""
    found: Surroundings | None = state.env.get("surroundings")
    if found is None:
        found = state.env["surroundings"] = Surroundings()
    return found


@contextmanager
def text_of_its_own(state: StateBlock, *, in_list: bool | None = None, ends_blank: bool) -> Iterator[None]:
    """Parse what comes as a text of its own: nothing that is open outside can be closed in it."""
    around = surroundings(state)
    before = around.open, around.in_list, around.ends_blank
    around.open, around.ends_blank = [], ends_blank
    if in_list is not None:
        around.in_list = in_list
    try:
        yield
    finally:
        around.open, around.in_list, around.ends_blank = before


@contextmanager
def inside(state: StateBlock, what: str) -> Iterator[int]:
    """Parse the content of a fenced div (`FENCE`) or of a raw HTML element (its tag).

    Yields its place in `Surroundings.open`.
    """
    around = surroundings(state)
    tag_before = around.html_tag
    around.open.append(what)
    if what == FENCE:
        around.fenced_divs += 1
    else:
        around.html_tag = what
    try:
        yield len(around.open) - 1
    finally:
        around.open.pop()
        around.html_tag = tag_before
        around.fenced_divs -= what == FENCE


Ending = Literal["paragraph", "plain"]
"""How the text before something ends: as a paragraph, or as plain text without `<p>`."""
