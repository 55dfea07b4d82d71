"""A table as tokens: `table`, `caption`, `thead`, `tbody`, `tfoot`, `tr`, `th` and `td`."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

from spokeshave.markdown.nested import parse_nested
from spokeshave.markdown.tables.captions import Caption
from spokeshave.markdown.tables.layout import Cell, Rows, Table


def push_table(state: StateBlock, table: Table, caption: Caption | None, start: int, end: int) -> None:
    """Add the tokens of a table that stands on the lines from `start` to `end`.

    `meta["widths"]` of the table's token are shares of its columns; `meta["cut_lines"]` are the lines
    whose last cells are left out, because the table has no column for them.
    """
    opening = state.push("table_open", "table", 1)
    opening.map = [start, end]
    opening.meta.update(widths=list(table.widths), cut_lines=list(table.cut_lines))
    if caption is not None:
        caption.attributes.apply(opening)
        if caption.text:
            state.push("caption_open", "caption", 1).map = [caption.start, caption.end]
            _inline(state, caption.text, caption.start, caption.end)
            state.push("caption_close", "caption", -1)
    for tag, rows in (("thead", table.head), ("tbody", table.body), ("tfoot", table.foot)):
        _part(state, table, tag, rows)
    state.push("table_close", "table", -1)


def _part(state: StateBlock, table: Table, tag: str, rows: Rows) -> None:
    if not rows:
        return
    state.push(f"{tag}_open", tag, 1)
    for row in rows:
        state.push("tr_open", "tr", 1)
        for cell in row:
            _cell(state, table, cell, "th" if tag == "thead" else "td")
        state.push("tr_close", "tr", -1)
    state.push(f"{tag}_close", tag, -1)


def _cell(state: StateBlock, table: Table, cell: Cell, tag: str) -> None:
    opening = state.push(f"{tag}_open", tag, 1)
    opening.map = [cell.line, cell.line + max(len(cell.lines), 1)]
    if tag == "th":
        opening.attrSet("scope", "col")
    for name, count in (("colspan", cell.columns), ("rowspan", cell.rows)):
        if count > 1:
            opening.attrSet(name, str(count))
    align = table.aligns[cell.column]
    if align:
        opening.attrSet("style", f"text-align: {align}")
    if table.blocks:
        _blocks(state, cell)
    elif cell.text:
        _inline(state, cell.text, *opening.map)
    state.push(f"{tag}_close", tag, -1)


def _inline(state: StateBlock, text: str, start: int, end: int) -> None:
    token = state.push("inline", "", 0)
    token.content = text
    token.map = [start, end]
    token.children = []


def _blocks(state: StateBlock, cell: Cell) -> None:
    """A cell's blocks. A paragraph that is all it holds is bare text, as in a tight list."""
    tokens = parse_nested(state, cell.lines, cell.line)
    if len(tokens) == 3 and tokens[0].type == "paragraph_open":
        tokens[0].hidden = tokens[2].hidden = True
    state.tokens.extend(tokens)
