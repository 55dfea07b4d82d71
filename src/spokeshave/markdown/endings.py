"""What ends a paragraph, or the lines of a list item, without a blank line: in pandoc, very little.

Code fences of backticks, the closing fence of a div, closing tags of raw HTML, block tags and, inside
lists, list items. Block quotes, rules, headings, lists and opening fences need a blank line.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from spokeshave.markdown.code_blocks import fence_ends
from spokeshave.markdown.html_tags import BLOCK_TAGS, match_tag, tag_name
from spokeshave.markdown.lines import TAB
from spokeshave.markdown.list_markers import starts_item
from spokeshave.markdown.surroundings import FENCE, Ending, surroundings

_CLOSING_FENCE = re.compile(r":{3,}[ \t]*$")
_SCANNED = re.compile(r"\\.|`+|<", re.DOTALL)


def is_closing_fence(state: StateBlock, line: int) -> bool:
    """Whether the line closes a fenced div; it is not indented."""
    begin = state.bMarks[line]
    return state.src.startswith(":::", begin) and bool(
        _CLOSING_FENCE.match(state.src, begin, state.eMarks[line])
    )


def closes_something(state: StateBlock, line: int) -> bool:
    """Whether the line, unindented, closes a div or a raw HTML element that is open anywhere."""
    begin = state.bMarks[line]
    sign = state.src[begin : begin + 1]
    if sign == ":":
        return surroundings(state).fenced_divs > 0 and is_closing_fence(state, line)
    return sign == "<" and _closed_tag(state, begin, line) != ""


def _closed_tag(state: StateBlock, position: int, line: int) -> str:
    """The open raw HTML element that is closed at `position`, or nothing."""
    if state.src[position : position + 2] != "</":
        return ""
    around = surroundings(state)
    if not around.html_tag:
        return ""
    match = match_tag(state.src, position, state.eMarks[line])
    name = tag_name(match) if match else ""
    return name if name and (name == around.html_tag or name in around.open) else ""


def closed_here(state: StateBlock, line: int) -> int | None:
    """Which of `Surroundings.open` the line closes, by its place there.

    Elements left open inside it end with it: authors forget closing tags. A closing tag does not
    close what is around a fenced div, though.
    """
    around = surroundings(state)
    if not around.open or state.sCount[line] >= TAB:
        return None
    begin = state.bMarks[line] + state.tShift[line]
    sign = state.src[begin : begin + 1]
    if sign == ":" and is_closing_fence(state, line):
        name = FENCE
    elif sign == "<":
        name = _closed_tag(state, begin, line)
    else:
        return None
    for place in range(len(around.open) - 1, -1, -1):
        if around.open[place] == name:
            return place
        if around.open[place] == FENCE:
            return None
    return None


def ending(state: StateBlock, line: int, end: int) -> Ending | None:
    """How a paragraph ends that `line`, which is not blank, comes directly after; `None`: it goes on."""
    begin = state.bMarks[line]
    sign = state.src[begin]
    if sign == "`" and fence_ends(state, line, end) is not None:
        return "paragraph"
    around = surroundings(state)
    if sign == ":" and around.fenced_divs and is_closing_fence(state, line):
        return "paragraph"
    if sign == "<" and around.html_tag and (name := _closed_tag(state, begin, line)):
        return "paragraph" if name == "div" == around.html_tag else "plain"
    if around.in_list and state.sCount[line] < TAB and starts_item(state, line):
        return "plain"
    return None


def block_tag(text: str, html_tag: str) -> tuple[int, bool]:
    """Where the first block tag in a paragraph's `text` stands, or -1; never at its very start.

    Also whether what was found is not a tag but a comment without an end. Tags in code spans,
    comments and after a backslash do not count; a tag that closes `html_tag` does.
    """
    position = len(text) - len(text.lstrip())
    position += text.startswith("<", position)
    single: set[str] = set()
    while (found := _SCANNED.search(text, position)) is not None:
        sign, position = found[0], found.end()
        if sign[0] == "`":
            position = _after_code(text, found, single)
        elif sign == "<":
            if text.startswith("<!--", found.start()):
                closing = text.find("-->", found.start() + 4)
                if closing < 0:
                    return found.start(), True
                position = closing + 3
            elif tag := match_tag(text, found.start()):
                name = tag_name(tag)
                if name in BLOCK_TAGS or (tag["close"] and name == html_tag):
                    return found.start(), False
                position = tag.end()
    return -1, False


def lines_in_code(text: str) -> frozenset[int]:
    """The lines of a paragraph's `text`, counted from 0, that begin within a code span: nothing ends there."""
    inside: set[int] = set()
    single: set[str] = set()
    position = line = 0
    while (found := _SCANNED.search(text, position)) is not None:
        line += text.count("\n", position, found.end())
        position = found.end()
        if found[0][0] == "`":
            position = _after_code(text, found, single)
            last = line + text.count("\n", found.end(), position)
            inside.update(range(line + 1, last + 1))
            line = last
    return frozenset(inside)


def may_be_in_code(text: str) -> bool:
    """Whether some backticks of `text` have no partner in it: a code span may go on behind it."""
    single: set[str] = set()
    position = 0
    while (found := _SCANNED.search(text, position)) is not None:
        position = _after_code(text, found, single) if found[0][0] == "`" else found.end()
    return bool(single)


def _after_code(text: str, opening: re.Match[str], single: set[str]) -> int:
    """The position after the code span that `opening` begins; after `opening` if it begins none."""
    fence = opening[0]
    if fence in single:
        return opening.end()
    position = opening.end()
    while (position := text.find(fence, position)) >= 0:
        stop = position + len(fence)
        if not text.startswith("`", stop) and text[position - 1] != "`":
            return stop
        while text.startswith("`", stop):
            stop += 1
        position = stop
    single.add(fence)
    return opening.end()
