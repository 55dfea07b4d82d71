"""Bracketed spans: `[text]{.class #id}`.

Source: "Extension: bracketed_spans" of the Pandoc User's Guide.
"""

from __future__ import annotations

from spokeshave.markdown.attributes import Attributes, parse_attributes
from spokeshave.markdown.brackets import closing_bracket
from spokeshave.markdown.inline_parser import InlineState, inside

_ELEMENTS = {"ul": "u", "underline": "u", "mark": "mark", "kbd": "kbd", "dfn": "dfn"}
"""Classes that stand for an element. Of several, the first is the outermost, and has the other attributes."""


def bracketed_span(state: InlineState) -> bool:
    start = state.pos
    close = closing_bracket(state, start)
    if close is None or not state.src.startswith("{", close + 1):
        return False
    braces = parse_attributes(state.src, close + 1)
    if braces is None or braces[1] > state.posMax:
        return False
    attributes, end = braces
    names = [_ELEMENTS[known] for known in attributes.classes if known in _ELEMENTS] or ["span"]
    classes = tuple(known for known in attributes.classes if known not in _ELEMENTS)
    own = Attributes(attributes.identifier, classes, attributes.pairs)
    for name in names:
        token = state.push("span_open", name, 0)
        token.nesting = 1
        own.apply(token)
        own = Attributes()
    inside(state, start + 1, close)
    for name in reversed(names):
        state.close("span", name)
    state.pos = end
    return True
