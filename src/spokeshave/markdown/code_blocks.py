"""Fenced code: info strings as pandoc reads them, raw blocks, and text that only looks like code.

A fence is code if a closing fence follows and its info string is empty, one word, an attribute
block, or one word and an attribute block. Anything else is text, as in pandoc. Backtick fences end
a paragraph; tilde fences do not.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from spokeshave.markdown.attributes import Attributes, parse_attributes
from spokeshave.markdown.lines import TAB, text_start
from spokeshave.markdown.surroundings import surroundings

_OPENING = re.compile(r"(`{3,}|~{3,})[ \t]*(.*?)[ \t]*$")
_RAW = re.compile(r"\{=([A-Za-z0-9_-]+)\}$")
_WORD = re.compile(r"[^\s`{}]+")
_COLONS = re.compile(r"^:{3,}[ \t]*$", re.MULTILINE)
_BLANKS_ALONE = re.compile(r"^[ \t]+$", re.MULTILINE)


def code_blocks(parser: MarkdownIt) -> None:
    """Replace `parser`'s fence rule by pandoc's."""
    parser.block.ruler.at("fence", _fence, {"alt": []})


def read_info(info: str) -> Attributes | str | None:
    """What an info string means: attributes, the format of a raw block, or `None`: not code."""
    raw = _RAW.match(info)
    if raw is not None:
        return raw[1]
    word = _WORD.match(info)
    rest = info[word.end() :].lstrip(" \t") if word else info
    language = (word[0],) if word else ()
    if not rest:
        return Attributes(classes=language)
    parsed = parse_attributes(rest)
    if parsed is None or rest[parsed[1] :].strip():
        return None
    attributes = parsed[0]
    return Attributes(attributes.identifier, language + attributes.classes, attributes.pairs)


def fence_ends(state: StateBlock, start: int, end: int) -> int | None:
    """The line that closes the code block which begins in line `start`; `None`: none begins there."""
    opening, meaning = _opening(state, start)
    return None if meaning is None else _closing_line(state, opening, start + 1, end)


def _opening(state: StateBlock, line: int) -> tuple[str, Attributes | str | None]:
    """The fence in `line`, and what its info string means."""
    begin = text_start(state, line)
    if state.src[begin : begin + 3] not in ("```", "~~~") or state.sCount[line] >= TAB:
        return "", None
    match = _OPENING.match(state.src, begin, state.eMarks[line])
    return (match[1], read_info(match[2])) if match else ("", None)


def has_fence_in_code(state: StateBlock, line: int) -> bool:
    """Whether a code block below `line` holds a line that would close a fenced div."""
    text, last = state.env.get("fence_in_code", ("", 0))
    return text is state.src and last > line


def _fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    opening, meaning = _opening(state, start)
    closing = None if meaning is None else _closing_line(state, opening, start + 1, end)
    if silent or meaning is None or closing is None:
        return False
    _push(state, opening, meaning, start, closing)
    return True


def _closing_line(state: StateBlock, fence: str, first: int, end: int) -> int | None:
    """The line that closes `fence`: at least as many of its signs and nothing else.

    Where none was found before, none is looked for again.
    """
    unclosed: dict[tuple[str, str, int, int], int] = state.env.setdefault("unclosed_fences", {})
    key = state.src, fence, end, state.level
    if unclosed.get(key, end) <= first:
        return None
    for line in range(first, end):
        begin = text_start(state, line)
        if not state.src.startswith(fence, begin) or state.sCount[line] >= TAB:
            continue
        if not state.src[begin : state.eMarks[line]].strip(" \t").strip(fence[0]):
            return line
    unclosed[key] = first
    return None


def _push(state: StateBlock, fence: str, meaning: Attributes | str, start: int, closing: int) -> Token:
    token = state.push("raw_block" if isinstance(meaning, str) else "fence", "code", 0)
    token.content = state.getLines(start + 1, closing, state.sCount[start], True)
    if surroundings(state).in_list:
        # The text of a list item is taken out of the page, and its blank lines come without their blanks.
        token.content = _BLANKS_ALONE.sub("", token.content)
    token.markup = fence
    token.map = [start, closing + 1]
    if ":::" in token.content and _COLONS.search(token.content):
        state.env["fence_in_code"] = state.src, start
    if isinstance(meaning, str):
        token.info = meaning
    else:
        token.info = meaning.classes[0] if meaning.classes else ""
        meaning.apply(token)
    state.line = closing + 1
    return token
