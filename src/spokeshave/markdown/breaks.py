"""Line ends in text: a blank, or a break after two blanks.

Source: "Paragraphs" of the Pandoc User's Guide; the break by a backslash is in `escapes.py`.
"""

from __future__ import annotations

from spokeshave.markdown.inline_parser import InlineState


def line_end(state: InlineState) -> bool:
    """A line end, and the blanks around it."""
    before = state.pending
    state.pending = before.rstrip(" \t")
    hard = before.endswith("  ")
    return break_line(state, "hardbreak" if hard else "softbreak", state.pos + 1)


def break_line(state: InlineState, kind: str, end: int) -> bool:
    """Add a break; the blanks that begin the next line are no text."""
    while end < state.posMax and state.src[end] in " \t":
        end += 1
    state.leaf(kind, "br", "", end)
    return True
