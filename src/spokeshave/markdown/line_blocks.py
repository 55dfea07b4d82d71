"""Line blocks: lines that begin with `| ` and end where they end, such as verse and addresses.

Blanks at the start of a line are kept. A line that begins with a blank continues the one above.
Source: "Extension: line_blocks" of the Pandoc User's Guide.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from spokeshave.markdown.lines import line_text


def line_blocks(parser: MarkdownIt) -> None:
    """Teach `parser` line blocks. Pipe tables come first."""
    parser.block.ruler.before("blockquote", "line_block", _line_block, {"alt": []})


def _begins_line(state: StateBlock, line: int) -> bool:
    """Whether `| text`, or a lone `|`, stands in the line; it is not indented."""
    begin, end = state.bMarks[line], state.eMarks[line]
    if state.src[begin : begin + 1] != "|":
        return False
    return state.src[begin + 1 : begin + 2] == " " or not state.src[begin + 1 : end].strip(" \t")


def _line_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if silent or not _begins_line(state, start):
        return False
    opening = state.push("line_block_open", "div", 1)
    opening.attrSet("class", "line-block")
    line = start
    while line < end and _begins_line(state, line):
        line = _line(state, line, end)
    state.push("line_block_close", "div", -1)
    opening.map = [start, line]
    state.line = line
    return True


def _line(state: StateBlock, start: int, end: int) -> int:
    """Push one line and those that continue it. Returns the line after them."""
    text = state.src[state.bMarks[start] + 2 : state.eMarks[start]]
    bare = text.lstrip(" \t")
    parts = ["\N{NO-BREAK SPACE}" * (len(text) - len(bare)) + bare.rstrip(" \t")] if bare else [""]
    line = start + 1
    while bare and line < end and not state.isEmpty(line) and state.src[state.bMarks[line]] == " ":
        parts.append(line_text(state, line).strip(" \t"))
        line += 1
    inline = state.push("inline", "", 0)
    inline.content = " ".join(parts)
    inline.map = [start, line]
    inline.children = []
    return line
