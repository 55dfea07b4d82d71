"""Definition lists: a line with a term, and its definitions, each after `:` or `~`.

A definition is like an item of a list. A blank line between the term and its first definition puts the
text of all its definitions in paragraphs.
Source: "Extension: definition_lists" of the Pandoc User's Guide, and pandoc 3.9 as observed.
"""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from spokeshave.markdown.lines import TAB, line_text, text_start
from spokeshave.markdown.list_items import parse_item
from spokeshave.markdown.list_markers import is_definition
from spokeshave.markdown.tables import begins_table


def definition_lists(parser: MarkdownIt) -> None:
    """Teach `parser` definition lists."""
    parser.block.ruler.before("reference", "definition_list", _definition_list, {"alt": []})


def _is_definition(state: StateBlock, line: int, end: int) -> bool:
    return (
        line < end
        and state.sCount[line] < TAB
        and is_definition(state.src, text_start(state, line), state.eMarks[line])
    )


def _first_definition(state: StateBlock, term: int, end: int) -> int | None:
    """The line of the first definition of the term in line `term`; a blank line may stand between them."""
    line = term + 1
    if line < end and state.isEmpty(line):
        line += 1
        # What looks like a definition may be the caption of a table.
        return line if _is_definition(state, line, end) and not begins_table(state, line, end) else None
    return line if _is_definition(state, line, end) else None


def _definition_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = None if silent else _first_definition(state, start, end)
    if first is None:
        return False
    opening = state.push("dl_open", "dl", 1)
    line = start
    while first is not None:
        line = _term(state, line, first, end)
        has_term = line < end and not state.isEmpty(line)
        first = _first_definition(state, line, end) if has_term else None
    state.push("dl_close", "dl", -1)
    opening.map = [start, line]
    state.line = line
    return True


def _term(state: StateBlock, term: int, first: int, end: int) -> int:
    """Parse a term and its definitions. Returns the line after them."""
    opening = state.push("dt_open", "dt", 1)
    opening.map = [term, term + 1]
    inline = state.push("inline", "", 0)
    inline.content = line_text(state, term).strip(" \t")
    inline.map = [term, term + 1]
    inline.children = []
    state.push("dt_close", "dt", -1)
    line = first
    while _is_definition(state, line, end):
        line = _definition(state, line, end, loose=first > term + 1)
    return line


def _definition(state: StateBlock, start: int, end: int, *, loose: bool) -> int:
    opening = state.push("dd_open", "dd", 1)
    begin = len(state.tokens)
    after = parse_item(state, start, end, text_start(state, start) + 1)
    if not loose:
        _tighten(state.tokens[begin:])
    state.push("dd_close", "dd", -1)
    opening.map = [start, after]
    return after


def _tighten(tokens: Sequence[Token]) -> None:
    """Make plain text of the paragraphs that a definition holds directly, or between raw HTML tags."""
    depth = 0
    for token in tokens:
        if token.type == "paragraph_open" and not depth:
            token.hidden = True
        if token.type not in ("html_block_open", "html_block_close"):
            depth += token.nesting
