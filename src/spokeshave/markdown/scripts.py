"""Subscripts, superscripts and strikeout: `H~2~O`, `x^2^`, `~~gone~~`.

A subscript or superscript holds no blank unless it is escaped.
Source: "Extension: superscript, subscript" and "strikeout" of the Pandoc User's Guide.
"""

from __future__ import annotations

import re

from spokeshave.markdown.brackets import closing_bracket
from spokeshave.markdown.inline_parser import InlineState, inside, opened, until

_CONTENT = {sign: re.compile(rf"(?:[^\s\\{sign}]|\\.)++(?=\{sign})", re.DOTALL) for sign in "^~"}
_STRIKE_END = re.compile(r"(?<=\S)~~")


def superscript(state: InlineState) -> bool:
    """`^text^`. What begins as an inline note (`^[`) is one, unless a link or a span comes of it."""
    if state.next_sign() == "[":
        close = closing_bracket(state, state.pos + 1)
        if close is None or state.src[close + 1 : close + 2] not in ("(", "[", "{"):
            return False
        return _script(state, "^", "sup") or state.add("^", state.pos + 1)
    return _script(state, "^", "sup")


def subscript(state: InlineState) -> bool:
    return _script(state, "~", "sub")


def _script(state: InlineState, sign: str, tag: str) -> bool:
    content = _CONTENT[sign].match(state.src, state.pos + 1, state.posMax)
    if content is None:
        return False
    opened(state.mark(), tag, tag)
    inside(state, content.start(), content.end())
    state.close(tag, tag)
    state.pos += 1
    return True


def strikeout(state: InlineState) -> bool:
    """`~~text~~`, without blanks just inside."""
    start = state.pos
    if not state.src.startswith("~~", start):
        return False
    if state.next_sign(2) in ("", " ", "\t", "\n", "~") or state.next_match(_STRIKE_END, start + 2) < 0:
        # Two signs that strike nothing out are no empty subscript, as they are in pandoc.
        return state.add("~~", start + 2)
    return state.attempt(lambda: _struck_out(state)) or state.add("~~", start + 2)


def _struck_out(state: InlineState) -> bool:
    token = state.mark()
    state.pos += 2

    def closed() -> bool:
        if not _STRIKE_END.match(state.src, state.pos, state.posMax):
            return False
        state.pos += 2
        return True

    if not until(state, closed):
        return False
    opened(token, "s", "del")
    state.close("s", "del")
    return True
