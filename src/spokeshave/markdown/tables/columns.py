"""Columns of text: how wide text is, and cutting it at given columns of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import combining, east_asian_width


def sign_width(sign: str) -> int:
    """Columns that one sign takes: two for East Asian wide ones, none for combining ones."""
    if combining(sign):
        return 0
    return 2 if east_asian_width(sign) in "WF" else 1


def display_width(text: str) -> int:
    """Columns that `text` takes."""
    return len(text) if text.isascii() else sum(map(sign_width, text))


def cut(text: str, edges: Sequence[int]) -> list[str]:
    """`text` cut at the columns `edges` (ascending): one piece more than there are edges."""
    if text.isascii():
        bounds = [0, *edges, len(text)]
        return [text[bounds[n] : max(bounds[n + 1], 0)] for n in range(len(edges) + 1)]
    pieces: list[str] = []
    begin = column = 0
    for position, sign in enumerate(text):
        while len(pieces) < len(edges) and column >= edges[len(pieces)]:
            pieces.append(text[begin:position])
            begin = position
        column += sign_width(sign)
    pieces.append(text[begin:])
    return pieces + [""] * (len(edges) + 1 - len(pieces))
