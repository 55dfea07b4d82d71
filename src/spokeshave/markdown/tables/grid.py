"""Grid tables: cells in boxes drawn with `+`, `-` and `|`, each holding blocks.

A line of `=` ends the header; two more, of which the last ends the table, enclose the footer. Boxes
may span rows and columns. Colons in the line below the header (or in the first one) align columns.
Source: "Extension: grid_tables" of the Pandoc User's Guide, and pandoc 3.9 as observed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from spokeshave.markdown.tables.columns import sign_width
from spokeshave.markdown.tables.layout import PAGE_WIDTH, Align, Cell, Lines, Rows, Table

_TOP = re.compile(r"\+(?::?-+:?\+)+$")
_SEPARATOR = re.compile(r"\+(?:[^|]*[-=:]\+)+$")
_HEADER_END = re.compile(r"\+(?::?=+:?\+)+$")
_DRAWN = str.maketrans("=:", "--")

_ALIGNS: dict[tuple[bool, bool], Align] = {
    (False, False): "",
    (True, False): "left",
    (False, True): "right",
    (True, True): "center",
}
"""Alignment by whether there is a colon at the left and at the right end."""

_Grid = list[list[str]]
"""The table's signs by line and column. A wide sign takes two columns, the second one empty."""


@dataclass(frozen=True, slots=True, order=True)
class _Box:
    top: int
    left: int
    bottom: int
    right: int


def grid_table(lines: Lines, start: int) -> Table | None:
    """The grid table whose upper edge is line `start`, if there is one."""
    if not _TOP.match(lines[start]):
        return None
    texts = _texts(lines, start)
    grid = _signs(texts)
    boxes = _boxes(grid)
    if not _fill(boxes, grid):
        # Pandoc leaves out what stands in no box: better to show the text as it is.
        return None
    return _table(texts, grid, boxes, start)


def _texts(lines: Lines, start: int) -> list[str]:
    """The lines of the table that begins on line `start`: up to the last full separator."""
    texts: list[str] = []
    length = 0
    while (text := lines[start + len(texts)]).startswith(("+", "|")):
        texts.append(text)
        if _SEPARATOR.match(text):
            length = len(texts)
    return texts[:length]


def _signs(texts: list[str]) -> _Grid:
    """The signs of `texts`, with the header's and the footer's lines drawn as all others."""
    grid: _Grid = []
    for number, text in enumerate(texts):
        drawn = text.translate(_DRAWN) if not number or _HEADER_END.match(text) else text
        if drawn.isascii():
            grid.append(list(drawn))
            continue
        row: list[str] = []
        for sign in drawn:
            width = sign_width(sign)
            if width or not row:
                row.extend([sign, ""][: max(width, 1)])
            else:
                row[-1] += sign
        grid.append(row)
    width = max(map(len, grid))
    return [row + [" "] * (width - len(row)) for row in grid]


def _boxes(grid: _Grid) -> list[_Box]:
    """Every box, by following its edges from its upper left corner; each box gives two corners."""
    corners = [(0, 0)]
    boxes: list[_Box] = []
    done = [0] * len(grid[0])
    while corners:
        top, left = heappop(corners)
        if top < done[left] or top == len(grid) - 1:
            continue
        box = _box(grid, top, left)
        if box is None:
            continue
        boxes.append(box)
        done[left : box.right] = [box.bottom] * (box.right - left)
        heappush(corners, (top, box.right))
        heappush(corners, (box.bottom, left))
    return sorted(boxes)


def _box(grid: _Grid, top: int, left: int) -> _Box | None:
    """The smallest box whose upper left corner is at `top`, `left`."""
    upper = grid[top]
    for right in range(left + 1, len(upper)):
        if upper[right] == "+":
            bottom = _bottom(grid, top, left, right)
            if bottom is not None:
                return _Box(top, left, bottom, right)
        elif upper[right] != "-":
            break
    return None


def _bottom(grid: _Grid, top: int, left: int, right: int) -> int | None:
    """The lower edge of a box with these other edges."""
    for bottom in range(top + 1, len(grid)):
        row = grid[bottom]
        if row[right] not in "+|" or row[left] not in "+|":
            return None
        if row[right] == row[left] == "+" and all(sign and sign in "+-" for sign in row[left:right]):
            return bottom
    return None


def _fill(boxes: list[_Box], grid: _Grid) -> bool:
    """Whether the boxes fill the grid: they do not overlap, so that their areas tell."""
    area = sum((box.bottom - box.top) * (box.right - box.left) for box in boxes)
    return bool(boxes) and area == (len(grid) - 1) * (len(grid[0]) - 1)


def _table(texts: list[str], grid: _Grid, boxes: list[_Box], start: int) -> Table:
    tops = sorted({box.top for box in boxes} | {len(grid) - 1})
    lefts = sorted({box.left for box in boxes} | {len(grid[0]) - 1})
    row_numbers = {top: number for number, top in enumerate(tops)}
    column_numbers = {left: number for number, left in enumerate(lefts)}
    rows: Rows = [[] for _ in tops[1:]]
    for box in boxes:
        column = column_numbers[box.left]
        columns = column_numbers[box.right] - column
        row = row_numbers[box.top]
        height = row_numbers[box.bottom] - row
        cell = Cell(_content(grid, box), start + box.top + 1, column, columns, height)
        rows[row].append(cell)
    separators = [row_numbers[n] for n in tops[1:] if _HEADER_END.match(texts[n])]
    head = separators[0] if separators else 0
    last = len(rows)
    foot = separators[-2] if len(separators) > 1 and separators[-1] == last else last
    return Table(
        aligns=_aligns(texts[tops[head]], lefts),
        head=rows[:head] if any(cell.text for row in rows[:head] for cell in row) else [],
        body=rows[head:foot],
        foot=rows[foot:],
        end=start + len(texts),
        widths=_widths(lefts),
        blocks=True,
    )


def _content(grid: _Grid, box: _Box) -> list[str]:
    """The text in a box, without the blank that sets it off from the box's left edge."""
    lines = ["".join(row[box.left + 1 : box.right]).rstrip() for row in grid[box.top + 1 : box.bottom]]
    if all(not line or line.startswith(" ") for line in lines):
        lines = [line[1:] for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _aligns(line: str, lefts: list[int]) -> list[Align]:
    """Alignment by the colons at the ends of each column's part of `line`."""
    ends = ((line[left + 1 : left + 2], line[right - 1 : right]) for left, right in pairwise(lefts))
    return [_ALIGNS[left == ":", right == ":"] for left, right in ends]


def _widths(lefts: list[int]) -> list[float]:
    spans = [right - left for left, right in pairwise(lefts)]
    page = max(PAGE_WIDTH, sum(spans))
    return [span / page for span in spans]
