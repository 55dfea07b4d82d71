r"""TeX in text: environments of formulas are formulas, everything else is left out of HTML.

`\begin{equation}…\end{equation}` becomes a formula, as on the Workbench's pages; commands such as
`\newpage` and environments such as `tabular` become raw text of the format TeX, which no page shows.
Source: "Extension: raw_tex" of the Pandoc User's Guide.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from spokeshave.markdown.inline_parser import InlineState

_BEGIN = re.compile(r"\\begin\{([A-Za-z]+\*?)\}")
_BRACED = r"\{(?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.|\{[^{}]*+\})*+\})*+\}"
_COMMAND = re.compile(
    rf"\\(?!begin\b|end\b)[^\W\d_]++(?:\d++|\*)?(?:[ ]*+\[[^\[\]]*+\])*+(?:[ ]*+{_BRACED})*+(?!\{{)",
    re.DOTALL,
)
_COMMAND_LINE = re.compile(rf"(?:{_COMMAND.pattern}\s*+)++", re.DOTALL)
_BARE = re.compile(r"\\[^\W\d_]++\Z")
_FORMULAS = frozenset(
    (
        "equation",
        "align",
        "alignat",
        "aligned",
        "displaymath",
        "eqnarray",
        "flalign",
        "gather",
        "math",
        "multline",
    )
)


def raw_tex(state: InlineState) -> bool:
    """An environment or a command with its arguments."""
    if not state.next_sign().isalpha():
        return False
    begin = _BEGIN.match(state.src, state.pos, state.posMax)
    if begin is not None:
        return _environment(state, begin)
    command = _COMMAND.match(state.src, state.pos, state.posMax)
    if command is None:
        return False
    end = command.end()
    if _BARE.match(command[0]) and state.src[end : end + 1] == " ":
        end += 1
    state.leaf("raw_inline", "", command[0], end).info = "tex"
    return True


def _environment(state: InlineState, begin: re.Match[str]) -> bool:
    close = _environment_end(state.src, begin[1], begin.end(), state.posMax)
    if close is None:
        return False
    text = state.src[state.pos : close]
    if begin[1].rstrip("*") in _FORMULAS:
        state.leaf("math_display", "math", text, close)
    else:
        state.leaf("raw_inline", "", text, close).info = "tex"
    return True


def _environment_end(text: str, name: str, start: int, limit: int) -> int | None:
    r"""The position after the `\end{name}` that belongs to the `\begin{name}` before `start`."""
    begin, end = f"\\begin{{{name}}}", f"\\end{{{name}}}"
    position, depth = start, 1
    while depth:
        close = text.find(end, position, limit)
        if close < 0:
            return None
        depth += text.count(begin, position, close) - 1
        position = close + len(end)
    return position


def raw_tex_blocks(parser: MarkdownIt) -> None:
    """Teach `parser` TeX that is a block by itself: lines of commands, and environments without formulas."""
    parser.block.ruler.before("paragraph", "raw_tex", _block, {"alt": []})


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = state.bMarks[start] + state.tShift[start]
    if silent or state.src[first : first + 1] != "\\":
        return False
    begin = _BEGIN.match(state.src, first)
    if begin is None:
        close = _commands_end(state, start, end)
    elif begin[1].rstrip("*") in _FORMULAS:
        return False
    else:
        close = _environment_end(state.src, begin[1], begin.end(), state.eMarks[end - 1])
    if close is None:
        return False
    last = next(line for line in range(start, end) if state.eMarks[line] >= close)
    if state.src[close : state.eMarks[last]].strip():
        return False
    token = state.push("raw_block", "", 0)
    token.info, token.content, token.map = "tex", state.src[first:close], [start, last + 1]
    state.line = last + 1
    return True


def _commands_end(state: StateBlock, start: int, end: int) -> int | None:
    """Where a paragraph of commands alone ends."""
    line = start
    while line < end and not state.isEmpty(line):
        text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()
        if not text.startswith("\\") or not _COMMAND_LINE.fullmatch(text):
            return None
        line += 1
    return state.eMarks[line - 1]
