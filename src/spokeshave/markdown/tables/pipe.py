"""Pipe tables: cells between `|`, below the header a line of dashes.

Source: "Extension: pipe_tables" of the Pandoc User's Guide, and pandoc 3.9 as observed.
"""

from __future__ import annotations

import re

from spokeshave.markdown.tables.columns import display_width
from spokeshave.markdown.tables.layout import PAGE_WIDTH, Align, Cell, Lines, Table, with_header

_DASHES = r"[ \t]*:?-+:?[ \t]*"
_BREAK = re.compile(rf" {{0,3}}\|?{_DASHES}(?:[|+]{_DASHES})*\|?$")
_COLUMN = re.compile(r":?-+:?")
_SPECIAL = re.compile(r"[\\`$<]")
_PIECE = re.compile(
    r"""
      \\\(.{1,500}?\\\) | \\\[.{1,500}?\\\]                          # maths
    | \$\$.+?\$\$ | \$(?![\s$])(?:\\.|[^$\\])*?(?<!\s)\$(?!\d)
    | \\.                                                            # an escaped sign
    | (?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`) | `+                # code, or backticks
    | <[A-Za-z/!][^>]*>                                              # a tag
    | [^|\\`$<]+ | [\\$<]
    """,
    re.VERBOSE,
)


def pipe_table(lines: Lines, start: int) -> Table | None:
    """The pipe table whose header is line `start`, if there is one."""
    if "|" not in lines[start] or lines[start].startswith("    ") or not _BREAK.match(lines[start + 1]):
        return None
    columns = _COLUMN.findall(lines[start + 1])
    head = _row(lines[start])
    if head is None or (len(columns) == 1 and not lines[start + 1].lstrip().startswith("|")):
        return None
    rows = [head]
    end = start + 2
    while "|" in (text := lines[end]) and (row := _row(text)) is not None:
        rows.append(row)
        end += 1
    numbers = [start, *range(start + 2, end)]
    table = [_cells(row, len(columns), line) for row, line in zip(rows, numbers, strict=True)]
    return Table(
        aligns=[_align(column) for column in columns],
        head=with_header(table[0]),
        body=table[1:],
        end=end,
        widths=_widths(columns, rows),
        cut_lines=[cells[0].line for cells, row in zip(table, rows, strict=True) if len(row) > len(columns)],
    )


def _row(text: str) -> list[str] | None:
    """The cells of a line; `None` if it is no row: a single cell needs a pipe in front."""
    text = text.strip()
    opened = text.startswith("|")
    cells = _split(text[1:] if opened else text)
    if len(cells) > 1 and not cells[-1]:
        cells.pop()
    elif len(cells) == 1 and not opened:
        return None
    return cells


def _split(text: str) -> list[str]:
    """`text` cut at its pipes, but for escaped ones and those in code, maths and tags."""
    if not _SPECIAL.search(text):
        return text.split("|")
    cells, begin, position = [], 0, 0
    while position < len(text):
        piece = _PIECE.match(text, position)
        if piece is None:
            cells.append(text[begin:position])
            begin = position = position + 1
        else:
            position = piece.end()
    return [*cells, text[begin:]]


def _cells(row: list[str], count: int, line: int) -> list[Cell]:
    """A row's cells, as many as the table has columns."""
    texts = row[:count] + [""] * (count - len(row))
    return [Cell((text,), line, column) for column, text in enumerate(texts)]


def _align(column: str) -> Align:
    if column.startswith(":"):
        return "center" if column.endswith(":") else "left"
    return "right" if column.endswith(":") else ""


def _widths(columns: list[str], rows: list[list[str]]) -> list[float]:
    """Shares as the dashes have them, if a line of the source is wider than pandoc's page."""
    count = len(columns)
    dashes = sum(map(len, columns))
    widest = max(sum(map(display_width, row[:count])) for row in rows)
    if max(dashes, widest) + count + 1 <= PAGE_WIDTH:
        return []
    return [len(column) / dashes for column in columns]
