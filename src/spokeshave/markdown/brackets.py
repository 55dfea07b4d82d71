"""Which bracket closes which, found once for a whole run of text.

Brackets pair up; those in code spans, tags and after a backslash do not count.
"""

from __future__ import annotations

import re

from spokeshave.markdown.code_spans import code_end
from spokeshave.markdown.inline_parser import InlineState

_ATTRIBUTE = r"""\s+[\w:.-]+(?:\s*=\s*(?:"[^"<]{0,2000}"|'[^'<]{0,2000}'|[^\s"'=<>`]+))?"""
_TAG = rf"</?[A-Za-z][\w:-]*+(?:{_ATTRIBUTE})*+\s*/?>|<[^\s<>]++>"
_SIGN = re.compile(rf"\\.|`+|{_TAG}|[\[\]]", re.DOTALL)


def closing_bracket(state: InlineState, start: int) -> int | None:
    """Where the bracket at `start` is closed, if it is within what is being read."""
    if state.brackets is None:
        state.brackets = _pairs(state)
    close = state.brackets.get(start)
    return close if close is not None and close < state.posMax else None


def _pairs(state: InlineState) -> dict[int, int]:
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    position = 0
    while (match := _SIGN.search(state.src, position)) is not None:
        position = match.end()
        sign = match[0]
        if sign == "[":
            waiting.append(match.start())
        elif sign == "]" and waiting:
            pairs[waiting.pop()] = match.start()
        elif sign[0] == "`":
            close = code_end(state, position, len(sign))
            position = close + len(sign) if close >= 0 else position
    return pairs
