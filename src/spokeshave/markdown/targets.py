"""Where an inline link leads: what stands in `(address "title")`.

Addresses may hold blanks (each run of them counts as one) and parentheses that pair up; in angle
brackets they may hold anything.
Source: "Inline links" of the Pandoc User's Guide, and pandoc 3.9 as observed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it.common.utils import unescapeAll

from spokeshave.markdown.attributes import Attributes
from spokeshave.markdown.references import escape_address, quoted_end

_LONGEST = 4000
"""A bound for addresses that are no `data:` ones: the search for an end must not go on for ever."""
_BLANKS = re.compile(r"[ \t]*\n?[ \t]*")
_ANGLED = re.compile(r"<((?:[^\\<>]|\\.)*+)>", re.DOTALL)
_DATA = re.compile(r"data:[^\s()]*+")
_CHUNK = re.compile(r"(?:[^\s\\()]|\\.)++|\((?:[^\\()]|\\.|\((?:[^\\()]|\\.)*+\))*+\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Target:
    """What a link or an image points to. `end` is the position after all that says so."""

    address: str
    title: str
    attributes: Attributes
    end: int
    label: str = ""
    """What the second brackets of `[text][label]` hold."""


def inline_target(text: str, start: int, limit: int) -> tuple[str, str, int] | None:
    """Address, title and end of the target whose parenthesis opens at `text[start]`."""
    position = _skip(text, start + 1)
    angled = _ANGLED.match(text, position, min(limit, position + _LONGEST))
    if angled is not None:
        address, position = angled[1], angled.end()
    else:
        address, position = _bare(text, position, limit)
    title, position = _title(text, position)
    position = _skip(text, position)
    if position >= limit or text[position] != ")":
        return None
    address = unescapeAll(address.replace("\\ ", " "))
    return escape_address(" ".join(address.split())), title, position + 1


def _skip(text: str, position: int) -> int:
    blanks = _BLANKS.match(text, position)
    return blanks.end() if blanks else position


def _bare(text: str, start: int, limit: int) -> tuple[str, int]:
    """An address without angle brackets: up to an unpaired parenthesis or a title."""
    data = _DATA.match(text, start, limit)
    if data is not None:
        return data[0], data.end()
    position = start
    limit = min(limit, start + _LONGEST)
    while (chunk := _CHUNK.match(text, position, limit)) is not None:
        position = chunk.end()
        following = _skip(text, position)
        if following == position:
            continue
        if text[following : following + 1] in ('"', "'"):
            break
        position = following
    return text[start:position], position


def _title(text: str, start: int) -> tuple[str, int]:
    """The title after the address, and where it ends; none: the position stays."""
    position = _skip(text, start)
    if position == start or text[position : position + 1] not in ('"', "'"):
        return "", start
    end = quoted_end(text, position)
    if end is None:
        return "", start
    return " ".join(unescapeAll(text[position + 1 : end - 1]).split()), end
