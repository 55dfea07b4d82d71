r"""Backslashes and entities.

Any sign that is no letter or digit can be escaped; an escaped blank is one at which no line breaks,
an escaped line end breaks the line.
Source: "Extension: all_symbols_escapable" and "escaped_line_breaks" of the Pandoc User's Guide.
"""

from __future__ import annotations

import html
import re
from html.entities import html5

from spokeshave.markdown.breaks import break_line
from spokeshave.markdown.inline_parser import InlineState

_ENTITY = re.compile(r"&(?:#(?:\d{1,8}|[xX][0-9a-fA-F]{1,7})|([A-Za-z][A-Za-z0-9]{0,31}));")


def escape(state: InlineState) -> bool:
    """A backslash and the sign after it."""
    following = state.next_sign()
    end = state.pos + 2
    if not following:
        return state.pos + 1 == len(state.src) and break_line(state, "hardbreak", state.pos + 1)
    if following == "\n":
        return break_line(state, "hardbreak", end)
    if following.isalnum():
        return False
    return state.add("\u00a0" if following == " " else following, end)


def without_entities(text: str) -> str:
    """`text` with the characters that its entities stand for."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    return match[0] if match[1] and f"{match[1]};" not in html5 else html.unescape(match[0])


def entity(state: InlineState) -> bool:
    """`&amp;`, `&#38;`, `&#x26;`; a name that means nothing stays text."""
    match = _ENTITY.match(state.src, state.pos, state.posMax)
    if match is None or (match[1] and f"{match[1]};" not in html5):
        return False
    return state.add(html.unescape(match[0]), match.end())
