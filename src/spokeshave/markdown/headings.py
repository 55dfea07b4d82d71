"""Headings: `# …` and underlined ones, with attributes at the end.

As pandoc has it: a heading stands alone after a blank line (nothing here ends a paragraph), is not
indented, and needs a space after its `#`. An underlined heading is one line of text.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from spokeshave.markdown.attributes import Attributes, parse_attributes
from spokeshave.markdown.endings import block_tag
from spokeshave.markdown.lines import line_text

_ATX = re.compile(r"(#{1,6})(?:[ \t]+(.*?))?[ \t]*$")
_CLOSING_HASHES = re.compile(r"[ \t]*(?<!\\)#+[ \t]*$")
_SETEXT = re.compile(r"(=+|-+)[ \t]*$")


def headings(parser: MarkdownIt) -> None:
    """Replace `parser`'s heading rules by pandoc's."""
    parser.block.ruler.at("heading", _atx, {"alt": []})
    parser.block.ruler.at("lheading", _setext, {"alt": []})


def _split_attributes(text: str) -> tuple[str, Attributes]:
    """Take a trailing attribute block off a heading's text."""
    if text.endswith("}"):
        for start in (position for position, sign in enumerate(text) if sign == "{"):
            if text[start - 1 : start] == "\\":
                continue
            parsed = parse_attributes(text, start)
            if parsed is not None and parsed[1] == len(text):
                return text[:start].rstrip(), parsed[0]
    return text, Attributes()


def _push(state: StateBlock, level: int, text: str, start: int, end: int) -> None:
    content, attributes = _split_attributes(text)
    content = _CLOSING_HASHES.sub("", content) if state.src[state.bMarks[start]] == "#" else content
    token = state.push("heading_open", f"h{level}", 1)
    token.map = [start, end]
    attributes.apply(token)
    inline = state.push("inline", "", 0)
    inline.content = content.strip()
    inline.map = [start, end]
    inline.children = []
    state.push("heading_close", f"h{level}", -1)
    state.line = end


def _text(state: StateBlock, line: int) -> str | None:
    """The line's text, or `None` if it is indented."""
    return None if state.sCount[line] else line_text(state, line)


def _is_broken(text: str) -> bool:
    """Whether a block tag, or a comment that goes on below, keeps the line from being a heading."""
    return "<" in text and block_tag(text, "")[0] >= 0


def _atx(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    text = _text(state, start)
    if silent or text is None or not text.startswith("#"):
        return False
    match = _ATX.match(text)
    if match is None or _is_broken(text):
        return False
    _push(state, len(match[1]), (match[2] or "").strip(), start, start + 1)
    return True


def _setext(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if start + 1 >= end or state.isEmpty(start + 1):
        return False
    text, underline = line_text(state, start), _text(state, start + 1)
    if silent or underline is None or not _SETEXT.match(underline) or _is_broken(text):
        return False
    _push(state, 1 if underline.startswith("=") else 2, text.strip(), start, start + 2)
    return True
