"""Raw HTML with Markdown in it: block tags, `<div>` as a div of ours, comments, verbatim elements.

What stands between a block tag and its closing tag is Markdown, and is nested in the tree:
`html_block_open`, the blocks inside, `html_block_close`. Pieces that hold no Markdown are one
`html_block` token each. Unlike pandoc, an element that HTML knows to have no content (`<hr>`) has none
here, and a closing tag also closes what was left open inside: a forgotten `</p>` harms nothing else.
Source: "Extension: markdown_in_html_blocks" and "native_divs" of the Pandoc User's Guide.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from spokeshave.markdown.block_parser import parse_block
from spokeshave.markdown.endings import closed_here
from spokeshave.markdown.faults import add_fault
from spokeshave.markdown.html_tags import (
    BLOCK_TAGS,
    EITHER_TAGS,
    OPTIONAL_END,
    VOID_TAGS,
    Markup,
    read_attributes,
    read_markup,
)
from spokeshave.markdown.lines import TAB, begin_at, next_full_line, take_indent, text_start
from spokeshave.markdown.surroundings import inside


def html_blocks(parser: MarkdownIt) -> None:
    """Replace `parser`'s rule for raw HTML by pandoc's."""
    parser.block.ruler.at("html_block", _html_block, {"alt": []})


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = text_start(state, start)
    if silent or state.src[begin : begin + 1] != "<" or state.sCount[start] >= TAB:
        return False
    markup = read_markup(state, start, begin, end)
    if markup is None or (markup.name and markup.name not in BLOCK_TAGS | EITHER_TAGS):
        return False
    empty = markup.self_closed and markup.name not in VOID_TAGS | {"div"}  # pandoc leaves `<div/>` open
    if markup.kind != "open" or markup.name in VOID_TAGS or empty:
        token = state.push("html_block", "", 0)
        token.content = f"{markup.raw[:-2].rstrip()}></{markup.name}>" if empty else markup.raw
        token.map = [start, markup.line + 1]
        markup.skip(state)
    else:
        _element(state, start, end, markup)
    return True


def _element(state: StateBlock, start: int, end: int, markup: Markup) -> None:
    """Parse an element: its opening tag is `markup`."""
    kind = "div" if markup.name == "div" else "html_block"
    opening = state.push(f"{kind}_open", markup.name, 1)
    opening.map = [start, markup.line + 1]
    opening.markup = "<"
    if kind == "div":
        for name, value in read_attributes(markup.attributes).items():
            opening.attrSet(name, value)
    else:
        opening.content = markup.raw
    markup.skip(state)
    closing = _content(state, markup, end, indent=0 if kind == "div" else _indent(state, markup, end))
    token = state.push(f"{kind}_close", markup.name, -1)
    _close(state, opening, token, closing)


def _close(state: StateBlock, opening: Token, token: Token, closing: Markup | None) -> None:
    """Note the closing tag on both tokens, and how far the element goes."""
    assert opening.map is not None
    first, stop = opening.map[0], state.line
    if closing is not None:
        closing.skip(state)
        stop = closing.line + 1
        token.content = opening.meta["closing"] = closing.raw if token.type == "html_block_close" else ""
    elif opening.tag not in OPTIONAL_END:
        # Left open, it would swallow the rest of the page.
        opening.meta["closing"] = f"</{opening.tag}>"
        add_fault(
            state.env,
            first,
            f"this <{opening.tag}> is never closed",
            f"Write </{opening.tag}> where it ends",
            "warning",
        )
    opening.map = [first, max(stop, first + 1)]


def _indent(state: StateBlock, markup: Markup, end: int) -> int:
    """The indentation that the blocks of an element may have: that of the line after its tag.

    Text on the line of the tag itself loses its indentation, so that it is no code.
    """
    if not state.isEmpty(markup.line):
        begin_at(state, markup.line, text_start(state, markup.line))
        return 0
    return state.sCount[markup.line + 1] if markup.line + 1 < end else 0


def _content(state: StateBlock, markup: Markup, end: int, indent: int) -> Markup | None:
    """Parse blocks up to the closing tag. Returns it, or `None` if it is missing."""
    line = state.line
    closed: int | None = None
    with inside(state, markup.name) as place:
        while (line := next_full_line(state, line, end)) < end:
            take_indent(state, line, indent)
            closed = closed_here(state, line)
            if closed is not None and closed <= place:
                break
            line = parse_block(state, line, end)
    state.line = line
    if line < end and closed == place:
        return read_markup(state, line, text_start(state, line), end)
    return None
