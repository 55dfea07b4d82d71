"""Citations: `@name`, `[@name, p. 3; see @other]`, `[-@name]`.

No bibliography is read: a citation is its own text, marked as one.
Source: "Extension: citations" of the Pandoc User's Guide.
"""

from __future__ import annotations

import re

from spokeshave.markdown.brackets import closing_bracket
from spokeshave.markdown.inline_parser import InlineState, opened

_KEY = re.compile(r"-?@(\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*+|\{[^\s{}]+\})")
_CITES = re.compile(r"(?<![\w@\\])-?@[\w{]")


def citation_in_text(state: InlineState) -> bool:
    """`@name`; of `-@name` the hyphen says that the author is named elsewhere."""
    if state.pos and state.src[state.pos - 1].isalnum():
        return False
    match = _KEY.match(state.src, state.pos, state.posMax)
    return match is not None and _span(state, match[0].removeprefix("-"), match[1], match.end())


def citations_in_brackets(state: InlineState) -> bool:
    """`[…]` in which every part between semicolons cites something."""
    close = closing_bracket(state, state.pos)
    if close is None or (close + 1 < state.posMax and state.src[close + 1] in "([{"):
        return False
    at = state.src.find("@", state.pos, close)
    if at < 0:
        return False
    text = state.src[state.pos : close + 1]
    if "[" in text[1:] or not all(_CITES.search(part) for part in text[1:-1].split(";")):
        return False
    keys = " ".join(match[1] for match in _KEY.finditer(text))
    return _span(state, " ".join(text.split()), keys, close + 1)


def _span(state: InlineState, text: str, keys: str, end: int) -> bool:
    token = state.mark()
    opened(token, "span", "span")
    token.attrs = {"class": "citation", "data-cites": keys}
    state.add(text, end)
    state.close("span", "span")
    return True
