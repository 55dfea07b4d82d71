"""Link definitions: `[label]: address "title" {.class}`.

The last definition of a label is the one that counts. A definition cannot end a paragraph, but
several may stand directly one below the other, and text may follow them without a blank line.
Source: "Reference links" and "Extension: link_attributes" of the Pandoc User's Guide, and pandoc 3.9
as observed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference, unescapeAll
from markdown_it.rules_block import StateBlock

from spokeshave.markdown.attributes import Attributes, parse_attributes
from spokeshave.markdown.lines import TAB

References = Mapping[str, Mapping[str, Any]]
"""Link targets by normalised label: `href`, `title` and `attrs` (an `Attributes`)."""

_LABEL_PART = re.compile(r"[^\[\]\\`<]+|\\.|(`+)(?:(?!`).)+?(?<!`)\1(?!`)|<[^<>\n]+>|[`<]", re.DOTALL)
_NOTE = re.compile(r"\[\^[^\s\]]{1,200}\]")
_GAP = re.compile(r"[ \t]*\n?[ \t]*")
_BLANKS = re.compile(r"[ \t]*")
_ANGLED = re.compile(r"<((?:[^\\>\n]|\\.)*)>")
_WORD = re.compile(r"(?!\[)(?:[^\\\s]|\\[^\n])+")
_LINE_END = re.compile(r"[ \t]*(?:\n|$)")
_PARENTHESES = re.compile(r"\\.|[()]")
_LONGEST_TITLE = 1000
_MOST_WORDS = 20
"""Bounds, so that a page full of unpaired signs takes no longer to read than another."""
_UNSAFE = re.compile(r"[\s<>|\"{}\[\]^`]")


@dataclass(frozen=True, slots=True)
class _Definition:
    label: str
    href: str
    title: str
    attributes: Attributes
    end: int


def references(parser: MarkdownIt) -> None:
    """Replace `parser`'s rule for link definitions by pandoc's."""
    parser.block.ruler.at("reference", _reference, {"alt": []})


def escape_address(address: str) -> str:
    """`address` with the signs encoded that pandoc encodes: blanks, quotes, brackets, braces …"""
    return _UNSAFE.sub(lambda match: quote(match[0]), address.strip())


def label_end(text: str, start: int) -> int | None:
    """The position after the bracket that closes the one at `text[start]`.

    Brackets pair up; those in code spans, tags and after a backslash do not count.
    """
    depth, position = 1, start + 1
    while position < len(text):
        if text[position] == "]":
            depth -= 1
            position += 1
            if not depth:
                return position
        elif text[position] == "[":
            depth += 1
            position += 1
        else:
            part = _LABEL_PART.match(text, position)
            position = part.end() if part else position + 1
    return None


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    if silent or state.src[begin : begin + 1] != "[" or state.sCount[start] >= TAB:
        return False
    line = state.src[begin : state.eMarks[start]]
    if "]:" not in line and line.count("[") <= line.count("]"):
        return False
    text = _text_until_blank_line(state, start, end)
    position = 0
    targets: dict[str, Any] = state.env.setdefault("references", {})
    while (definition := _definition(text, position)) is not None:
        target = {"href": definition.href, "title": definition.title, "attrs": definition.attributes}
        targets[normalizeReference(definition.label)] = target
        position = definition.end
    state.line = start + text.count("\n", 0, position)
    return position > 0


def _text_until_blank_line(state: StateBlock, start: int, end: int) -> str:
    """The lines from `start` on, each with a newline, up to a blank one."""
    lines = []
    for line in range(start, end):
        if state.isEmpty(line):
            break
        shift = state.tShift[line] if state.sCount[line] < TAB else 0
        lines.append(state.src[state.bMarks[line] + shift : state.eMarks[line]] + "\n")
    return "".join(lines)


def _definition(text: str, start: int) -> _Definition | None:
    """The definition that begins at `text[start]`, the start of a line."""
    if not text.startswith("[", start) or _NOTE.match(text, start):
        return None
    closed = label_end(text, start)
    if closed is None or not text.startswith(":", closed):
        return None
    position = _after(_GAP, text, closed + 1)
    if text.startswith("[", position):
        return None
    href, position = _address(text, position)
    title, position = _title(text, position)
    braces = parse_attributes(text, _after(_GAP, text, position))
    attributes, position = braces or (Attributes(), position)
    end = _LINE_END.match(text, position)
    if end is None:
        return None
    return _Definition(text[start + 1 : closed - 1], href, title, attributes, end.end())


def _after(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


def _address(text: str, start: int) -> tuple[str, int]:
    """The address at `text[start]`, in angle brackets or bare, and where it ends.

    A bare one goes on over blanks, up to a title or attributes, or the end of the line.
    """
    angled = _ANGLED.match(text, start)
    if angled is not None:
        return escape_address(unescapeAll(angled[1])), angled.end()
    words: list[str] = []
    position = start
    while True:
        following = _after(_BLANKS, text, position)
        titled = len(words) < _MOST_WORDS and _title(text, position)[1] > position
        if titled or parse_attributes(text, following):
            break
        word = _WORD.match(text, following)
        if word is None:
            break
        words.append(unescapeAll(word[0]))
        position = word.end()
    return escape_address(" ".join(words)), position


def _title(text: str, start: int) -> tuple[str, int]:
    """The title after `text[start]`, perhaps on the next line, and where it ends; none: `start`."""
    position = _after(_GAP, text, start)
    sign = text[position : position + 1]
    if sign in ('"', "'"):
        end = quoted_end(text, position)
    elif sign == "(":
        end = _parenthesised_end(text, position)
    else:
        return "", start
    if end is None:
        return "", start
    return " ".join(unescapeAll(text[position + 1 : end - 1]).split()), end


def quoted_end(text: str, start: int, *, nested: bool = False) -> int | None:
    """The position after the quotation that begins at `text[start]`.

    It ends at the first such sign that no letter or digit follows; a quotation may stand inside.
    """
    sign = text[start]
    if text[start + 1 : start + 2].isspace():
        return None
    position, limit = start + 1, start + _LONGEST_TITLE
    while (position := text.find(sign, position, limit)) >= 0:
        if text[position - 1] == "\\":
            position += 1
        elif not text[position + 1 : position + 2].isalnum():
            return position + 1
        else:
            # Where a quotation inside has no end, there is none for the one around it either.
            inner = position + 1 if nested else quoted_end(text, position, nested=True)
            if inner is None:
                return None
            position = inner
    return None


def _parenthesised_end(text: str, start: int) -> int | None:
    depth = 0
    for match in _PARENTHESES.finditer(text, start, start + _LONGEST_TITLE):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if not depth:
            return match.end()
    return None
