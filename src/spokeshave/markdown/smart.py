"""Typographic quotation marks, apostrophes, dashes and ellipses.

A quotation is read like any other construct: it opens before something, lasts to its closing mark, and
may hold emphasis, links, code. A mark that opens nothing is an apostrophe or a closing mark.
Source: "Extension: smart" of the Pandoc User's Guide, and pandoc 3.9 as observed.
"""

from __future__ import annotations

import re

from spokeshave.markdown.inline_parser import InlineState, until

_SINGLE_END = re.compile(r"'(?![^\W_])")
_DOUBLE_END = re.compile('"')


def dashes(state: InlineState) -> bool:
    """`---` and `--`."""
    if state.src.startswith("---", state.pos) and state.pos + 3 <= state.posMax:
        return state.add("—", state.pos + 3)
    return state.next_sign() == "-" and state.add("–", state.pos + 2)


def ellipsis(state: InlineState) -> bool:
    if not state.src.startswith("...", state.pos) or state.pos + 3 > state.posMax:
        return False
    return state.add("…", state.pos + 3)


def double_quote(state: InlineState) -> bool:
    """`"`: a quotation, an opening mark without an end, or a closing mark."""
    if not _may_open(state, '"'):
        return state.add("”", state.pos + 1)
    found = state.next_match(_DOUBLE_END, state.pos + 1) > 0
    if found and state.attempt(lambda: _quotation(state, '"', "“", "”", _DOUBLE_END)):
        return True
    return state.add("“", state.pos + 1)


def single_quote(state: InlineState) -> bool:
    """`'`: a quotation or an apostrophe."""
    found = _may_open(state, "'") and state.next_match(_SINGLE_END, state.pos + 1) > 0
    if found and state.attempt(lambda: _quotation(state, "'", "‘", "’", _SINGLE_END)):
        return True
    return state.add("’", state.pos + 1)


def _may_open(state: InlineState, sign: str) -> bool:
    if state.quotation == sign or state.after_word():
        return False
    following = state.next_sign()
    return bool(following) and following not in " \t\n"


def _quotation(state: InlineState, sign: str, left: str, right: str, end: re.Pattern[str]) -> bool:
    """From the opening to the closing mark, not empty; blanks just inside the marks go."""

    def closed() -> bool:
        if not end.match(state.src, state.pos, state.posMax):
            return False
        state.pos += 1
        return True

    around, state.quotation = state.quotation, sign
    state.add(left, state.pos + 1)
    if closed() or not until(state, closed):
        return False
    state.quotation = around
    state.pending = state.pending.rstrip(" \t")
    state.add(right, state.pos)
    state.pushPending()  # each quotation copies what is pending: that must not grow with the text
    return True
