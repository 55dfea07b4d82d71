"""Footnotes: `[^label]` with a definition `[^label]: …` anywhere on the page, and `^[inline notes]`.

A definition goes on over indented blocks, like a list item. The last one of a label counts.
Source: "Extension: footnotes" and "inline_notes" of the Pandoc User's Guide, and pandoc 3.9 as
observed.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from spokeshave.markdown.brackets import closing_bracket
from spokeshave.markdown.inline_parser import InlineState, inside, joined
from spokeshave.markdown.nested import DEEPEST, parse_nested

_MARK = re.compile(r"\[\^([^\s\]]{1,200})\]")
_DEFINITION = re.compile(r"\[\^([^\s\]]{1,200})\]:")
_INDENT = re.compile(r" {4}|\t")
_DIV_END = re.compile(r":{3,}[ \t]*$")


def footnotes(parser: MarkdownIt) -> None:
    """Teach `parser` definitions of footnotes; `inline_rules.py` lists the rules for their marks."""
    parser.block.ruler.before("reference", "footnote", _definition, {"alt": []})


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    if silent or not state.src.startswith("[^", begin) or state.sCount[start] - state.blkIndent > 3:
        return False
    mark = _DEFINITION.match(state.src, begin, state.eMarks[start])
    if mark is None or state.level > DEEPEST:
        return False
    lines, state.line = _content(state, start, end, state.src[mark.end() : state.eMarks[start]])
    token = state.push("footnote_open", "li", 1)
    token.map = [start, state.line]
    token.meta["label"] = mark[1]
    state.env.setdefault("footnotes", set()).add(mark[1])
    state.tokens.extend(parse_nested(state, lines, start))
    state.push("footnote_close", "li", -1)
    return True


def _content(state: StateBlock, start: int, end: int, first: str) -> tuple[list[str], int]:
    """The lines of the definition that begins on line `start` with `first`, and the line after it."""
    lines = [_outdented(_outdented(first))]
    line = start + 1
    if not first.strip():
        # The text may begin on any line below, indented or not.
        line = min(state.skipEmptyLines(line), end)
        lines += [""] * (line - start - 1)
        if line < end and _continues(state, line):
            lines.append(_outdented(_text(state, line)))
            line += 1
    last = line
    while line < end:
        if state.isEmpty(line):
            lines.append("")
        elif state.isEmpty(line - 1) and state.sCount[line] - state.blkIndent < 4:
            break
        elif _continues(state, line):
            lines.append(_outdented(_text(state, line)))
            last = line + 1
        else:
            break
        line += 1
    return lines[: last - start], last


def _continues(state: StateBlock, line: int) -> bool:
    """Whether a line that is not blank can belong to a definition above it."""
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    indent = state.sCount[line] - state.blkIndent
    if indent < 0 or (indent < 4 and _MARK.match(text)):
        return False
    return not (state.env.get("div_levels") and _DIV_END.match(text))


def _text(state: StateBlock, line: int) -> str:
    return state.getLines(line, line + 1, state.blkIndent, False)


def _outdented(text: str) -> str:
    """`text` without one step of indentation, if it has one."""
    return _INDENT.sub("", text, count=1) if text.startswith(("    ", "\t")) else text


def footnote_reference(state: InlineState) -> bool:
    """`[^label]`, if the page has a footnote of this label."""
    if state.next_sign() != "^":
        return False
    mark = _MARK.match(state.src, state.pos, state.posMax)
    if mark is None or mark[1] not in state.env.get("footnotes", ()):
        return False
    state.leaf("footnote_ref", "sup", mark[0], mark.end()).meta["label"] = mark[1]
    return True


def inline_note(state: InlineState) -> bool:
    """`^[text]`. The note's text is the token's children."""
    if state.next_sign() != "[":
        return False
    close = closing_bracket(state, state.pos + 1)
    if close is None:
        return False
    begin = state.pos + 2
    token = state.leaf("footnote_ref", "sup", state.src[state.pos : close + 1], close + 1)
    outside, state.tokens = state.tokens, []
    inside(state, begin, close)
    if state.pending:
        state.pushPending()
    token.children, state.tokens = joined(state.tokens), outside
    state.pos = close + 1
    return True
