"""Block quotes: they need a blank line before them, and end at the next blank line.

Lines without `>` that follow directly belong to the quote ("lazy" ones), whatever they look like.
Source: "Block quotations" and "Extension: blank_before_blockquote" of the Pandoc User's Guide.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from spokeshave.markdown.block_parser import parse_block
from spokeshave.markdown.endings import ending
from spokeshave.markdown.lines import TAB, begin_at, next_full_line, take_indent, text_start
from spokeshave.markdown.surroundings import text_of_its_own


def block_quotes(parser: MarkdownIt) -> None:
    """Replace `parser`'s rule for block quotes by pandoc's."""
    parser.block.ruler.at("blockquote", _block_quote, {"alt": []})


def _starts(state: StateBlock, line: int) -> bool:
    return state.src[text_start(state, line)] == ">" and state.sCount[line] < TAB


def _block_quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if silent or not _starts(state, start):
        return False
    after = _unquote(state, start, end)
    opening = state.push("blockquote_open", "blockquote", 1)
    opening.markup = ">"
    opening.map = [start, after]
    with text_of_its_own(state, ends_blank=True):
        line = start
        while (line := next_full_line(state, line, after)) < after:
            line = parse_block(state, line, after)
    state.push("blockquote_close", "blockquote", -1)
    state.line = after
    return True


def _unquote(state: StateBlock, start: int, end: int) -> int:
    """Take the marks off the lines of the quote. Returns the line after it."""
    line = start
    while line < end and not state.isEmpty(line):
        if _starts(state, line):
            begin_at(state, line, text_start(state, line) + 1)
            take_indent(state, line, 1)
        elif state.src[text_start(state, line)] == ">" or ending(state, line, end) is not None:
            break
        else:
            take_indent(state, line, state.sCount[line])
        line += 1
    return line
