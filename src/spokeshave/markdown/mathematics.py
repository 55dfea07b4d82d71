r"""Formulas: `$x$`, `$$x$$`, `\(x\)`, `\[x\]`.

After an opening `$` and before a closing one stands no blank, and after the closing one no digit: `$20
and $30` are prices.
Source: "Extension: tex_math_dollars" and "tex_math_single_backslash" of the Pandoc User's Guide.
"""

from __future__ import annotations

import re

from spokeshave.markdown.inline_parser import InlineState

_BRACED = r"\{(?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.|\{[^{}]*+\})*+\})*+\}"
_INLINE = re.compile(
    rf"\$(?!\s)((?:[^\s\\$]|\\text\s*+{_BRACED}|\\.|\s++(?!\$))++)\$(?!\d)",
    re.DOTALL,
)
_DISPLAY_END = re.compile(r"\$\$")
_ESCAPED_ENDS = {"(": re.compile(r"\\\)"), "[": re.compile(r"\\\]")}


def dollar_math(state: InlineState) -> bool:
    start = state.pos
    if state.next_sign() == "$":
        close = state.next_match(_DISPLAY_END, start + 2)
        if start + 2 < close <= state.posMax - 2:
            return _add(state, "math_display", state.src[start + 2 : close], close + 2)
        return state.add("$", start + 1)
    match = _INLINE.match(state.src, start, state.posMax)
    return match is not None and _add(state, "math_inline", match[1], match.end())


def escaped_math(state: InlineState) -> bool:
    r"""`\(…\)` within text, `\[…\]` as a line of its own."""
    sign = state.next_sign()
    if sign not in _ESCAPED_ENDS:
        return False
    start = state.pos + 2
    close = state.next_match(_ESCAPED_ENDS[sign], start)
    while close > start and state.src[close - 1] == "\\" and state.src[close - 2] != "\\":
        close = state.next_match(_ESCAPED_ENDS[sign], close + 1)
    if not start < close <= state.posMax - 2:
        return False
    kind = "math_inline" if sign == "(" else "math_display"
    return _add(state, kind, state.src[start:close], close + 2)


def _add(state: InlineState, kind: str, tex: str, end: int) -> bool:
    state.leaf(kind, "math", tex.strip(), end)
    return True
