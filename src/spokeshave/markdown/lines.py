"""Taking marks and indentation off lines in place, so that what is left is a text of its own.

markdown-it keeps for every line where it begins and how far its text is indented. Moving these marks
leaves the numbers of lines, and so every token's place in the file, as they are.
"""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

TAB = 4


def text_start(state: StateBlock, line: int) -> int:
    """Where in the source the line's text begins, after its indentation."""
    return state.bMarks[line] + state.tShift[line]


def line_text(state: StateBlock, line: int) -> str:
    """The line without its indentation."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def begin_at(state: StateBlock, line: int, position: int) -> None:
    """Let the line begin at `position` of the source, somewhere after its present begin."""
    column = state.bsCount[line]
    for sign in state.src[state.bMarks[line] : position]:
        column += TAB - column % TAB if sign == "\t" else 1
    state.bMarks[line] = position
    state.bsCount[line] = column
    _measure(state, line)


def take_indent(state: StateBlock, line: int, columns: int) -> None:
    """Take up to `columns` columns of indentation off the line; a tab may be taken in part."""
    if columns <= 0 or not state.tShift[line]:
        return
    position, column = state.bMarks[line], state.bsCount[line]
    target = column + min(columns, state.sCount[line])
    while column < target:
        width = TAB - column % TAB if state.src[position] == "\t" else 1
        if column + width > target:
            break
        column += width
        position += 1
    state.sCount[line] -= target - state.bsCount[line]
    state.tShift[line] -= position - state.bMarks[line]
    state.bMarks[line] = position
    state.bsCount[line] = target


def _measure(state: StateBlock, line: int) -> None:
    """Find the indentation of a line whose begin has moved."""
    position, end = state.bMarks[line], state.eMarks[line]
    column = state.bsCount[line]
    while position < end and state.src[position] in " \t":
        column += TAB - column % TAB if state.src[position] == "\t" else 1
        position += 1
    state.tShift[line] = position - state.bMarks[line]
    state.sCount[line] = column - state.bsCount[line]


def next_full_line(state: StateBlock, line: int, end: int) -> int:
    """The first line from `line` on that is not blank; `end` if there is none before it."""
    while line < end and state.bMarks[line] + state.tShift[line] >= state.eMarks[line]:
        line += 1
    return line
