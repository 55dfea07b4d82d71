"""Bullet lists, ordered lists and example lists.

A list needs a blank line before it, but not within a list.
Source: "Lists" of the Pandoc User's Guide, and pandoc 3.9 as observed.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from spokeshave.markdown.lines import TAB, text_start
from spokeshave.markdown.list_items import parse_item
from spokeshave.markdown.list_markers import Marker, Wanted, bullet_marker, ordered_marker


def lists(parser: MarkdownIt) -> None:
    """Replace `parser`'s rule for lists by pandoc's: bullets count before rules, numbers after."""
    parser.block.ruler.at("ordered_list", _ordered_list, {"alt": []})
    parser.block.ruler.at("bullet_list", _bullet_list, {"alt": []})


def _bullet_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = text_start(state, start)
    if silent or state.src[begin : begin + 1] not in ("-", "*", "+") or state.sCount[start] >= TAB:
        return False
    marker = bullet_marker(state.src, begin, state.eMarks[start])
    if marker is None:
        return False
    opening = state.push("bullet_list_open", "ul", 1)
    opening.markup = state.src[begin]
    _items(state, start, end, marker, None)
    state.push("bullet_list_close", "ul", -1)
    opening.map = [start, state.line]
    return True


def _ordered_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if silent or state.sCount[start] >= TAB:
        return False
    marker = ordered_marker(state.src, text_start(state, start), state.eMarks[start])
    if marker is None:
        return False
    opening = state.push("ordered_list_open", "ol", 1)
    opening.markup = marker.delimiter
    opening.info = marker.style
    number = _example_number(state, marker) if marker.style == "example" else marker.number
    if number != 1:
        opening.attrSet("start", number)
    _items(state, start, end, marker, Wanted(marker.style, marker.delimiter))
    state.push("ordered_list_close", "ol", -1)
    opening.map = [start, state.line]
    return True


def _example_number(state: StateBlock, marker: Marker) -> int:
    """The number of the example that begins: they are counted through the page."""
    return int(state.env.setdefault("examples", {}).get(marker.label) or state.env.get("next_example", 1))


def _count_example(state: StateBlock, marker: Marker) -> None:
    """Give an example its number, for references to its label. A label used again keeps its first."""
    labels: dict[str, int] = state.env.setdefault("examples", {})
    if marker.label and marker.label in labels:
        return
    number = state.env["next_example"] = state.env.get("next_example", 1) + 1
    if marker.label:
        labels[marker.label] = number - 1


def _items(state: StateBlock, start: int, end: int, first: Marker, wanted: Wanted | None) -> None:
    """Parse the items of one list."""
    line, marker = start, first
    while True:
        line = _item(state, line, end, marker)
        if line >= end or state.sCount[line] >= TAB:
            break
        begin = text_start(state, line)
        following = (
            bullet_marker(state.src, begin, state.eMarks[line])
            if wanted is None
            else ordered_marker(state.src, begin, state.eMarks[line], wanted)
        )
        if following is None:
            break
        marker = following
    state.line = line


def _item(state: StateBlock, start: int, end: int, marker: Marker) -> int:
    """Parse one item. Returns the line after it and the blank lines below it."""
    token = state.push("list_item_open", "li", 1)
    token.markup = state.src[text_start(state, start) : marker.end]
    example = marker.style == "example"
    if example:
        _count_example(state, marker)
    after = parse_item(state, start, end, marker.end, indent=TAB if example else None)
    token.map = [start, after]
    state.push("list_item_close", "li", -1)
    return after
