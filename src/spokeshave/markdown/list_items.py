"""Items of lists, and definitions: each is a text of its own.

To it belong the lines after the marker, without their indentation, and lines that are not indented but
follow without a blank line ("lazy" ones).
Source: "Lists" of the Pandoc User's Guide, and pandoc 3.9 as observed.
"""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

from spokeshave.markdown.block_parser import parse_block
from spokeshave.markdown.code_blocks import fence_ends
from spokeshave.markdown.endings import closes_something
from spokeshave.markdown.lines import TAB, begin_at, next_full_line, take_indent, text_start
from spokeshave.markdown.list_markers import starts_item
from spokeshave.markdown.surroundings import surroundings, text_of_its_own


def parse_item(state: StateBlock, start: int, end: int, marker_end: int, indent: int | None = None) -> int:
    """Parse the content of the item whose marker ends at `marker_end` of the source.

    The lines below must be indented as the text after the marker is, or by `indent` columns.
    Returns the line after the item and the blank lines below it.
    """
    column = state.bsCount[start]
    begin_at(state, start, _content_start(state, start, marker_end))
    after = _item_end(state, start, end, indent or state.bsCount[start] - column)
    ends_blank = after == end and surroundings(state).ends_blank
    with text_of_its_own(state, in_list=True, ends_blank=ends_blank):
        line = start
        while (line := next_full_line(state, line, after)) < after:
            line = parse_block(state, line, after)
    return after


def _content_start(state: StateBlock, line: int, marker_end: int) -> int:
    """Where in the source the text of an item begins: after one to four blanks, or after one.

    More than four blanks are one, and what follows is indented code.
    """
    position, width = marker_end, 0
    column = state.bsCount[line]
    for sign in state.src[state.bMarks[line] : marker_end]:
        column += TAB - column % TAB if sign == "\t" else 1
    while position < state.eMarks[line] and state.src[position] in " \t" and width <= TAB:
        width += 1 if state.src[position] == " " else TAB - (column + width) % TAB
        position += 1
    return position if width <= TAB else marker_end + 1


def _item_end(state: StateBlock, start: int, end: int, indent: int) -> int:
    """The line after an item. Takes the item's indentation off the lines up to there."""
    line = start + 1
    while line < end and not state.isEmpty(line) and not _ends_first_part(state, line, end, indent):
        if state.sCount[line] >= indent:
            take_indent(state, line, indent)
        line += 1
    line = next_full_line(state, line, end)
    while line < end and state.sCount[line] >= indent and not closes_something(state, line):
        take_indent(state, line, indent)
        line += 1
        while line < end and not state.isEmpty(line) and not closes_something(state, line):
            if state.sCount[line] >= indent:
                take_indent(state, line, indent)
            elif state.sCount[line] < TAB and starts_item(state, line):
                break
            line += 1
        line = next_full_line(state, line, end)
    return line


def _ends_first_part(state: StateBlock, line: int, end: int, indent: int) -> bool:
    """Whether the lines that directly follow a marker end here: at a marker, a code fence, a closer."""
    near = state.sCount[line] < TAB
    if (near or state.sCount[line] >= indent) and starts_item(state, line):
        return True
    if near and state.src[text_start(state, line)] in "`~" and fence_ends(state, line, end) is not None:
        return True
    return closes_something(state, line)
