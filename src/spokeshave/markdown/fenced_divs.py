"""Fenced divs: `::: name` or `::: {.name #id}` up to a line of colons.

An opening fence needs a blank line before it where text precedes it; a closing fence does not.
The number of colons says nothing: fences pair up by order, like brackets.
Source: "Extension: fenced_divs" of the Pandoc User's Guide, and pandoc 3.9 as observed.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from spokeshave.markdown.attributes import Attributes, parse_attributes
from spokeshave.markdown.block_parser import parse_block
from spokeshave.markdown.code_blocks import has_fence_in_code
from spokeshave.markdown.endings import closed_here, is_closing_fence
from spokeshave.markdown.faults import add_fault
from spokeshave.markdown.lines import line_text, next_full_line
from spokeshave.markdown.surroundings import FENCE, inside

_OPENING = re.compile(r":{3,}[ \t]*(?=[^\s:])")
_WORD = re.compile(r"[^\s{]\S*")
_TAIL = re.compile(r"[ \t]*:*[ \t]*$")


def fenced_divs(parser: MarkdownIt) -> None:
    """Teach `parser` fenced divs."""
    parser.block.ruler.before("fence", "div_open", _open, {"alt": []})


def opening_attributes(text: str) -> Attributes | None:
    """The attributes of an opening fence, or `None` if `text` (one line, unindented) is none."""
    fence = _OPENING.match(text)
    if fence is None:
        return None
    braces = parse_attributes(text, fence.end())
    if braces is not None:
        attributes, end = braces
    else:
        word = _WORD.match(text, fence.end())
        if word is None:
            return None
        attributes, end = Attributes(classes=(word[0],)), word.end()
    return attributes if _TAIL.match(text, end) else None


def report_lost_fence(state: StateBlock, line: int) -> None:
    """Note a fault if `line`, which is part of a paragraph, looks like a fence."""
    if not state.src.startswith(":::", state.bMarks[line] + state.tShift[line]):
        return
    text = line_text(state, line)
    # A div whose opening line is text leaves its closing line without a partner. The Workbench builds
    # such a page, so these are no errors; a closing line that never had a partner is one.
    unpaired: int = state.env.get("unpaired_openings", 0)
    if not text.strip(": \t"):
        known = not add_fault(
            state.env,
            line,
            "this line closes a fenced div, but none is open here",
            "Remove it, or open the div with `::: name` after a blank line",
            "warning" if unpaired else "error",
        )
        state.env["unpaired_openings"] = unpaired if known else max(0, unpaired - 1)
    elif opening_attributes(text) is not None and add_fault(
        state.env,
        line,
        "this line should open a fenced div, but is part of the text around it",
        "Put a blank line before it, and do not indent it more than that text",
        "warning",
    ):
        state.env["unpaired_openings"] = unpaired + 1


def _open(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if silent or state.sCount[start] or not state.src.startswith(FENCE, state.bMarks[start]):
        return False
    last, text = start, line_text(state, start)
    while (attributes := opening_attributes(text)) is None:
        # Attributes in braces may go on over several lines.
        last += 1
        if "{" not in text or "}" in text or last >= end or state.isEmpty(last):
            return False
        text += "\n" + line_text(state, last)
    token = state.push("div_open", "div", 1)
    token.map = [start, start + 1]
    token.markup = FENCE
    attributes.apply(token)
    _content(state, start, last + 1, end)
    state.push("div_close", "div", -1)
    token.map = [start, state.line]
    return True


def _content(state: StateBlock, opened: int, first: int, end: int) -> None:
    """Parse blocks from line `first` up to the closing fence."""
    line = first
    closed: int | None = None
    with inside(state, FENCE) as place:
        while (line := next_full_line(state, line, end)) < end:
            closed = closed_here(state, line)
            if closed is not None and closed <= place:
                break
            line = parse_block(state, line, end)
    if line < end and closed == place and is_closing_fence(state, line):
        state.line = line + 1
        return
    state.line = line
    fix = "Add a line of colons (:::) where it ends, with a blank line before it"
    if has_fence_in_code(state, opened):
        fix = "A block of code below goes on over a line of colons (:::): close the code before it"
    add_fault(state.env, opened, "this fenced div is never closed", fix)
