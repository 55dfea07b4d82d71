"""Paragraphs, and text that is none: what pandoc calls "plain".

Text ends as a paragraph where a blank line, a code fence or a closing fence follows. Where it ends
otherwise (at the end of a list item, before a list item or a block tag) it is plain: it has no `<p>`.
Plain text is a paragraph whose token is `hidden`.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from spokeshave.markdown.endings import block_tag, ending, lines_in_code, may_be_in_code
from spokeshave.markdown.faults import add_fault
from spokeshave.markdown.fenced_divs import report_lost_fence
from spokeshave.markdown.html_tags import BLOCK_TAGS, find_line, match_tag, tag_name
from spokeshave.markdown.lines import begin_at, text_start
from spokeshave.markdown.surroundings import Ending, surroundings


def paragraphs(parser: MarkdownIt) -> None:
    """Replace `parser`'s rule for paragraphs by pandoc's, and tell other rules what ends a paragraph."""
    parser.block.ruler.at("paragraph", _paragraph, {"alt": []})
    parser.block.ruler.before("paragraph", "ending", _ending, {"alt": ["paragraph"]})


def _ending(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return silent and ending(state, start, end) is not None


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take all text up to what ends it. The last rule of all: it takes what no other wants."""
    after, how = _end(state, start, start + 1, end)
    text = _text(state, start, after)
    stop = -1
    if text.lstrip().startswith("<!--"):
        # As HTML, no rule took it.
        _after_comment(state, start, text, text.index("<"), end)
    while "<" in text:
        stop, comment = block_tag(text, surroundings(state).html_tag)
        if not comment:
            break
        longer = _after_comment(state, start, text, stop, end)
        if longer is None or longer < after:
            stop = -1
            break
        after, how = _end(state, start, longer + 1, end)
        text = _text(state, start, after)
    if stop < 0 and after < end and state.src.startswith("<", text_start(state, after)):
        # The end of a line takes the blanks after it along: the tag below is not indented.
        begin_at(state, after, text_start(state, after))
    if stop >= 0:
        after, how, text = *_cut(state, start, text, stop), text[:stop]
    _push(state, start, after, text, how)
    return True


def _end(state: StateBlock, start: int, line: int, end: int) -> tuple[int, Ending]:
    """The line after the text that begins in `start` and goes on at least up to `line`."""
    report_lost_fence(state, start)
    in_code: frozenset[int] | None = None
    while line < end:
        if state.isEmpty(line):
            return line, "paragraph"
        how = ending(state, line, end)
        if how == "paragraph" and in_code is None:
            in_code = _lines_in_code(state, start, line, end)
        if how is not None and (in_code is None or line - start not in in_code):
            return line, how
        if _begins_with_block_tag(state, start, line):
            return line, "plain"
        report_lost_fence(state, line)
        line += 1
    return end, "paragraph" if surroundings(state).ends_blank else "plain"


def _lines_in_code(state: StateBlock, start: int, line: int, end: int) -> frozenset[int]:
    """The lines, counted from `start`, that begin within a code span of the text which `line` may end.

    In a code span there are neither fences nor closing fences; a blank line or a list item ends it.
    """
    if not may_be_in_code(_text(state, start, line)):
        return frozenset()
    while line < end and not state.isEmpty(line) and ending(state, line, end) != "plain":
        line += 1
    return lines_in_code(_text(state, start, line))


def _begins_with_block_tag(state: StateBlock, start: int, line: int) -> bool:
    """Whether a block tag that certainly ends the text stands at the start of the line.

    `block_tag` finds it, too, but this spares reading on to the end of a text of many such lines.
    """
    begin = text_start(state, line)
    if state.src[begin] != "<":
        return False
    tag = match_tag(state.src, begin, state.eMarks[line])
    if tag is None or tag_name(tag) not in BLOCK_TAGS:
        return False
    return not any(state.src.find(sign, state.bMarks[start], begin) >= 0 for sign in ("`", "<!--"))


def _text(state: StateBlock, start: int, after: int) -> str:
    lines = [state.src[state.bMarks[line] : state.eMarks[line]] for line in range(start, after)]
    return "\n".join(lines)


def _after_comment(state: StateBlock, start: int, text: str, position: int, end: int) -> int | None:
    """The line in which a comment ends that begins at `text[position]`: it may hold blank lines."""
    line = start + text.count("\n", 0, position)
    column = position - (text.rfind("\n", 0, position) + 1)
    found = find_line(state, line, state.bMarks[line] + column, end, "-->")
    if found is None:
        add_fault(
            state.env,
            line,
            "this HTML comment is never closed",
            "Write --> where it ends",
            "warning",
        )
        return None
    return found[0]


def _cut(state: StateBlock, start: int, text: str, stop: int) -> tuple[int, Ending]:
    """Let the line in which the text ends begin at the tag that ends it."""
    line = start + text.count("\n", 0, stop)
    begin_at(state, line, state.bMarks[line] + stop - (text.rfind("\n", 0, stop) + 1))
    return line, "plain"


def _push(state: StateBlock, start: int, after: int, text: str, how: Ending) -> None:
    last = max(after, start + 1 + text.rstrip(" \t\n").count("\n"))
    opening = state.push("paragraph_open", "p", 1)
    opening.map = [start, last]
    opening.hidden = how == "plain"
    inline = state.push("inline", "", 0)
    inline.content = text.strip(" \t\n")
    inline.map = [start, last]
    inline.children = []
    state.push("paragraph_close", "p", -1).hidden = opening.hidden
    state.line = after
