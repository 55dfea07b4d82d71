"""Code in text: `` `code` ``, `` `code`{.python} ``, and raw text of a format: `` `<b>`{=html} ``.

Source: "Verbatim", "Extension: inline_code_attributes" and "raw_attribute" of the Pandoc User's Guide.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from spokeshave.markdown.attributes import parse_attributes
from spokeshave.markdown.inline_parser import InlineState

_RUN = re.compile("`+")
_RAW = re.compile(r"\{=([A-Za-z0-9_-]+)\}")


def code_end(state: InlineState, start: int, length: int) -> int:
    """Where the next run of exactly `length` backticks from `start` on begins, or -1."""
    if state.code_runs is None:
        state.code_runs = {}
        for run in _RUN.finditer(state.src):
            state.code_runs.setdefault(len(run[0]), []).append(run.start())
    runs = state.code_runs.get(length, [])
    place = bisect_left(runs, start)
    return runs[place] if place < len(runs) else -1


def _closed(state: InlineState, start: int, length: int) -> tuple[int, int]:
    """How many backticks before `start` (at most `length`) open a code span, and where it closes.

    A run for which there is none of the same length may open one by its last few backticks.
    """
    close = code_end(state, start, length)
    if 0 <= close <= state.posMax - length:
        return length, close
    for shorter in sorted((known for known in state.code_runs or () if known < length), reverse=True):
        close = code_end(state, start, shorter)
        if 0 <= close <= state.posMax - shorter:
            return shorter, close
    return 0, -1


def code_span(state: InlineState) -> bool:
    """A code span, with its attributes."""
    run = _RUN.match(state.src, state.pos, state.posMax)
    if run is None:
        return False
    length, close = _closed(state, run.end(), len(run[0]))
    state.append_pending("`" * (len(run[0]) - length))
    if not length:
        state.pos = run.end()
        return True
    content = state.src[run.end() : close].replace("\n", " ").strip()
    end = close + length
    raw = _RAW.match(state.src, end, state.posMax)
    if raw is not None:
        state.leaf("raw_inline", "", content, raw.end()).info = raw[1]
        return True
    braces = parse_attributes(state.src, end)
    token = state.leaf("code_inline", "code", content, end)
    token.markup = "`" * length
    if braces is not None and braces[1] <= state.posMax:
        braces[0].apply(token)
        state.pos = braces[1]
    return True
