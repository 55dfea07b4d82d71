"""Divs: kinds that there are not (V1), and slips of the pen in their names."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from spokeshave.blocks.divs import DIVS
from spokeshave.checks.finding import Finding
from spokeshave.checks.page import CheckedPage

_LIKENESS = 0.82
"""How like a kind a name must be (see `difflib`): one slip in eight letters, or one pair swapped."""


def check_divs(page: CheckedPage) -> Iterator[Finding]:
    """Divs whose first class the Workbench does not know."""
    for node in page.nodes:
        if node.kind != "div" or (node.classes and node.classes[0] in DIVS):
            continue
        name = node.classes[0] if node.classes else ""
        meant = get_close_matches(name.lower(), DIVS, cutoff=_LIKENESS)
        needles = (name, "<div", ":::")
        if meant:
            message = f"there is no kind of div `{name}`"
            yield page.found_at("misspelled-div", needles, node.line, message, f"Did you mean `{meant[0]}`?")
        else:
            shown = f"`{name}` is no kind of div" if name else "this div has no class"
            message = f"{shown} that the Workbench knows, so nothing marks it on the page"
            fix = f"Use one of these, if it is to be a box or a fold: {', '.join(DIVS)}"
            yield page.found_at("unknown-div", needles, node.line, message, fix)
