"""Tables: pipe, simple, multiline and grid ones, with captions. One kind a file.

A table begins after a blank line: no table ends a paragraph.
Source: "Tables" of the Pandoc User's Guide, and pandoc 3.9 as observed.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from spokeshave.markdown.faults import add_fault
from spokeshave.markdown.lines import TAB, next_full_line, text_start
from spokeshave.markdown.surroundings import surroundings
from spokeshave.markdown.tables.captions import Caption, caption_at
from spokeshave.markdown.tables.dashes import is_dashed
from spokeshave.markdown.tables.grid import grid_table
from spokeshave.markdown.tables.layout import Lines, Table
from spokeshave.markdown.tables.multiline import multiline_table, multiline_table_without_header
from spokeshave.markdown.tables.pipe import pipe_table
from spokeshave.markdown.tables.simple import simple_table, simple_table_without_header
from spokeshave.markdown.tables.tokens import push_table

_BLOCK = re.compile(r"#{1,6} |:{3,} ?[\w{]")
"""What begins a block and no row of a table."""


def tables(parser: MarkdownIt) -> None:
    """Teach `parser` tables."""
    parser.block.ruler.before("code", "tables", _tables, {"alt": []})


def _tables(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if silent or not _may_begin(state, start, end):
        return False
    lead, table = _caption_and_table(state, start, end)
    if table is None:
        return False
    caption = lead or caption_at(state, next_full_line(state, table.end, end), end)
    state.line = max(table.end, caption.end) if caption else table.end
    push_table(state, table, caption, start, state.line)
    return True


def begins_table(state: StateBlock, start: int, end: int) -> bool:
    """Whether a table, or the caption in front of one, begins on line `start`."""
    return _may_begin(state, start, end) and _caption_and_table(state, start, end)[1] is not None


def _may_begin(state: StateBlock, start: int, end: int) -> bool:
    """A cheap look at two signs, since most blocks are no tables: dashes, pipes, captions."""
    if state.sCount[start] < TAB and state.src[text_start(state, start)] in "-+:Tt":
        return True
    below = start + 1
    return below < end and not state.isEmpty(below) and state.src[text_start(state, below)] in "-|:"


def _caption_and_table(state: StateBlock, start: int, end: int) -> tuple[Caption | None, Table | None]:
    """The table that begins on line `start`, and the caption in front of it, if there are any."""
    lead = caption_at(state, start, end)
    first = next_full_line(state, lead.end, end) if lead else start
    if first >= end or (lead and first == lead.end and not lead.closed):
        # The blank line that ends a caption is missing, or there is nothing after it.
        return None, None
    return lead, _table_at(state, Lines(state, end), first)


def _table_at(state: StateBlock, lines: Lines, start: int) -> Table | None:
    """The table that begins on line `start`, captions left aside."""
    text = lines[start]
    if is_dashed(text):
        return _table_of_dashes(state, lines, start) or simple_table(lines, start)
    if text.startswith("+"):
        return grid_table(lines, start)
    return pipe_table(lines, start) or simple_table(lines, start)


def _table_of_dashes(state: StateBlock, lines: Lines, start: int) -> Table | None:
    """The table that begins with a line of dashes. All of these kinds end with one, too.

    What has a heading or a fenced div directly below is no table but a rule.
    """
    if not lines[start + 1]:
        return None
    # Where no line closed an earlier such table of the same text, none will close this one.
    text = surroundings(state).open
    unclosed = state.env.get("unclosed_table")
    if unclosed and unclosed[0] is text and unclosed[1] == lines.end and unclosed[2] <= start:
        return None
    table = (
        multiline_table(lines, start)
        or simple_table_without_header(lines, start)
        or multiline_table_without_header(lines, start)
    )
    if table is None and not is_dashed(lines[start + 1]):
        state.env["unclosed_table"] = (text, lines.end, start)
    if table is not None and _BLOCK.match(lines[start + 1]):
        add_fault(
            state.env,
            start,
            "the Workbench takes what stands between this line and the next one of dashes for settings",
            "Put a blank line after it, so that it is a rule",
            "warning",
        )
        return None
    return table
