"""Footnotes: `[^label]` with a definition `[^label]: …` anywhere on the page, and `^[inline notes]`.

A definition goes on over indented blocks, like a list item. The last one of a label counts.
Source: "Extension: footnotes" and "inline_notes" of the Pandoc User's Guide, and pandoc 3.9 as
observed.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from spokeshave.markdown.block_parser import parse_block
from spokeshave.markdown.brackets import closing_bracket
from spokeshave.markdown.endings import closes_something
from spokeshave.markdown.inline_parser import InlineState, inside, joined
from spokeshave.markdown.lines import TAB, begin_at, next_full_line, take_indent, text_start
from spokeshave.markdown.surroundings import text_of_its_own

_MARK = re.compile(r"\[\^([^\s\]]{1,200})\]")
_DEFINITION = re.compile(r"\[\^([^\s\]]{1,200})\]:")


def footnotes(parser: MarkdownIt) -> None:
    """Teach `parser` definitions of footnotes; `inline_rules.py` lists the rules for their marks."""
    parser.block.ruler.before("reference", "footnote", _definition, {"alt": []})


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = text_start(state, start)
    if silent or not state.src.startswith("[^", begin) or state.sCount[start] >= TAB:
        return False
    mark = _DEFINITION.match(state.src, begin, state.eMarks[start])
    if mark is None:
        return False
    begin_at(state, start, mark.end())
    after = _end(state, start, end)
    token = state.push("footnote_open", "li", 1)
    token.map = [start, after]
    token.meta["label"] = mark[1]
    state.env.setdefault("footnotes", set()).add(mark[1])
    with text_of_its_own(state, ends_blank=True):
        line = start
        while (line := next_full_line(state, line, after)) < after:
            line = parse_block(state, line, after)
    state.push("footnote_close", "li", -1)
    state.line = after
    return True


def _end(state: StateBlock, start: int, end: int) -> int:
    """The line after a definition. Takes the definition's indentation off the lines up to there."""
    # The text may begin below its label, without indentation if no more than one line is blank.
    first = next_full_line(state, start, end)
    far = first > start + 2 and first < end and state.sCount[first] < TAB
    if far or (start < first < end and not _continues(state, first)):
        return start + 1
    for _ in range(2 if first == start else 1):
        _outdent(state, first)
    line = after = min(first + 1, end)
    while line < end:
        if state.isEmpty(line):
            line = next_full_line(state, line, end)
            if line >= end or state.sCount[line] < TAB:
                break
        if not _continues(state, line):
            break
        _outdent(state, line)
        line = after = line + 1
    return after


def _continues(state: StateBlock, line: int) -> bool:
    """Whether a line that is not blank can belong to a definition above it."""
    begin = text_start(state, line)
    another = state.sCount[line] < TAB and _MARK.match(state.src, begin, state.eMarks[line])
    return not another and not closes_something(state, line)


def _outdent(state: StateBlock, line: int) -> None:
    """Take one step of indentation off the line, if it has one."""
    if line < state.lineMax and state.sCount[line] >= TAB:
        take_indent(state, line, TAB)


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
