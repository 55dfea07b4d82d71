"""Emoji by name: `:tada:`. A name that means nothing stays text.

The names are GitHub's. `emoji.txt` lists them, because libraries of emoji know either fewer or other
names; it is read when the first `:name:` is met.
Source: "Extension: emoji" of the Pandoc User's Guide.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from spokeshave.markdown.inline_parser import InlineState

_NAME = re.compile(r":([a-z0-9_+-]{1,64}):")


@cache
def _emoji() -> dict[str, str]:
    """Every emoji by its name."""
    text = files(__package__).joinpath("emoji.txt").read_text(encoding="utf-8")
    return dict(line.split(" ", 1) for line in text.splitlines())


def emoji(state: InlineState) -> bool:
    match = _NAME.match(state.src, state.pos, state.posMax)
    character = _emoji().get(match[1]) if match else None
    if match is None or character is None:
        return False
    token = state.leaf("emoji", "span", character, match.end())
    token.attrs = {"class": "emoji", "data-emoji": match[1]}
    return True
