"""Multiline tables: rows of several lines, with a blank line between them.

Dashes stand above the header, below it (these give the columns), and below the last row. Without
a header the table begins with the dashes that give the columns.
Source: "Extension: multiline_tables" of the Pandoc User's Guide, and pandoc 3.9 as observed.
"""

from __future__ import annotations

from spokeshave.markdown.tables.dashes import Columns, columns_of, is_dashed
from spokeshave.markdown.tables.layout import Cell, Lines, Rows, Table, with_header


def multiline_table(lines: Lines, start: int) -> Table | None:
    """The multiline table that begins with the dashes of line `start`, if it has a header."""
    line = start + 1
    head: list[str] = []
    # Pandoc lets blank lines into the header (and then loses what follows them): we do not.
    while (text := lines[line]) and not is_dashed(text):
        head.append(text)
        line += 1
    if not head or not text:
        return None
    columns = columns_of(text)
    body = _body(lines, columns, line + 1)
    if body is None:
        return None
    split = [columns.split(text) for text in head]
    header = with_header(_cells(split, start + 1))
    return Table(columns.aligns(split), header, body[0], body[1], widths=columns.widths())


def multiline_table_without_header(lines: Lines, start: int) -> Table | None:
    """The multiline table that begins with the dashes of line `start` and has no header."""
    columns = columns_of(lines[start])
    if not lines[start + 1]:
        return None
    body = _body(lines, columns, start + 1)
    if body is None:
        return None
    aligns = columns.aligns([columns.split(lines[start + 1])])
    return Table(aligns, [], body[0], body[1], widths=columns.widths())


def _body(lines: Lines, columns: Columns, first: int) -> tuple[Rows, int] | None:
    """The rows from line `first` on, and the line after the dashes that close them."""
    rows: Rows = []
    row: list[list[str]] = []
    for line in range(first, lines.end):
        text = lines[line]
        if text and is_dashed(text):
            if row:
                rows.append(_cells(row, line - len(row)))
            return (rows, line + 1) if rows else None
        if text:
            row.append(columns.split(text))
        elif lines.closes(line):
            return None
        elif row:
            rows.append(_cells(row, line - len(row)))
            row = []
        elif not rows:
            return None
    return None


def _cells(split: list[list[str]], line: int) -> list[Cell]:
    """One row's cells, from its lines cut into columns."""
    return [Cell(texts, line, column) for column, texts in enumerate(zip(*split, strict=True))]
