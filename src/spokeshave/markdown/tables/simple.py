"""Simple tables: one line a row, columns given by a line of dashes below the header.

Without a header the dashes stand above the first row and once more below the last one.
Source: "Extension: simple_tables" of the Pandoc User's Guide, and pandoc 3.9 as observed.
"""

from __future__ import annotations

import re

from spokeshave.markdown.tables.dashes import Columns, columns_of, is_dashed
from spokeshave.markdown.tables.layout import Cell, Lines, Rows, Table, with_header

_UNDERLINE = re.compile(r"-+$")


def simple_table(lines: Lines, start: int) -> Table | None:
    """The simple table whose header is line `start`, if there is one."""
    dashes = lines[start + 1]
    if not is_dashed(dashes) or _UNDERLINE.match(dashes):
        return None
    columns = columns_of(dashes)
    head = columns.split(lines[start])
    rows, end, _ = _rows(lines, columns, start + 2)
    if not rows:
        return None
    return Table(columns.aligns([head]), with_header(_cells(head, start)), rows, end)


def simple_table_without_header(lines: Lines, start: int) -> Table | None:
    """The simple table whose line `start` is one of dashes above the first row, if there is one."""
    columns = columns_of(lines[start])
    rows, end, closed = _rows(lines, columns, start + 1)
    if not rows or not closed:
        return None
    return Table(columns.aligns([columns.split(lines[start + 1])]), [], rows, end)


def _rows(lines: Lines, columns: Columns, first: int) -> tuple[Rows, int, bool]:
    """The rows from line `first` on, the line after them, and whether dashes close them."""
    rows: Rows = []
    line = first
    while text := lines[line]:
        if is_dashed(text):
            return rows, line + 1, True
        rows.append(_cells(columns.split(text), line))
        line += 1
    return rows, line, False


def _cells(texts: list[str], line: int) -> list[Cell]:
    return [Cell((text,), line, column) for column, text in enumerate(texts)]
