"""Emphasis: `*x*`, `_x_`, `**x**`, `***x***`, as pandoc pairs the signs.

An opening sign is one that no blank follows, and `_` may not stand after a letter. What follows it is
read until the first sign that closes; if none comes, the opening sign is text.
Source: "Emphasis" and "Extension: intraword_underscores" of the Pandoc User's Guide, and pandoc 3.9 as
observed.
"""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from spokeshave.markdown.inline_parser import InlineParser, InlineState, opened, until

_TAGS = {"em": "em", "strong": "strong"}


def emphasis(state: InlineState) -> bool:
    """A run of stars or underscores that may open emphasis."""
    start, sign = state.pos, state.src[state.pos]
    if sign == "_" and state.after_word():
        return state.add(sign, start + 1)
    end = start + 1
    while end < state.posMax and state.src[end] == sign:
        end += 1
    length = end - start
    if length > 3 or (end < state.posMax and state.src[end] in " \t"):
        return state.add(sign * length, end)
    marks = [state.mark(sign) for _ in range(length)]
    state.pos = end
    (_one, _two, _three)[length - 1](state, sign, marks)
    return True


def _closes(state: InlineState, sign: str, count: int, at: int | None = None) -> bool:
    """Whether `count` of `sign` that close something stand at `pos` (or `at`)."""
    start = state.pos if at is None else at
    end = start + count
    if end > state.posMax or not state.src.startswith(sign * count, start):
        return False
    return sign == "*" or end == state.posMax or not state.src[end].isalnum()


def _taken(state: InlineState, sign: str, count: int) -> bool:
    if not _closes(state, sign, count):
        return False
    state.pos += count
    return True


def _set(state: InlineState, kind: str, marks: Sequence[Token]) -> None:
    """Make `marks` the opening of `kind`, and close it here."""
    opened(marks[0], kind, _TAGS[kind])
    for other in marks[1:]:
        other.content = ""
    state.close(kind, _TAGS[kind])
    state.string_end = state.pos


def _one(state: InlineState, sign: str, marks: Sequence[Token]) -> None:
    """After one sign: emphasis up to the next single one; doubled ones open strong text inside."""
    parser = state.md.inline
    assert isinstance(parser, InlineParser)
    state.depth += 1
    while state.pos < state.posMax:
        if not _closes(state, sign, 1):
            parser.step(state)
        elif state.src.startswith(sign * 2, state.pos) and not _closes(state, sign, 1, state.pos + 2):
            inner = [state.mark(sign), state.mark(sign)]
            state.pos += 2
            _two(state, sign, inner)
        else:
            break
    state.depth -= 1
    if _taken(state, sign, 1):
        _set(state, "em", marks)


def _two(state: InlineState, sign: str, marks: Sequence[Token]) -> None:
    """After two signs: strong text up to the next two."""
    if until(state, lambda: _taken(state, sign, 2)):
        _set(state, "strong", marks)


def _three(state: InlineState, sign: str, marks: Sequence[Token]) -> None:
    """After three signs: both, and whichever closes first is the inner one."""
    until(state, lambda: _closes(state, sign, 1))
    if _taken(state, sign, 3):
        _set(state, "em", marks[2:])
        _set(state, "strong", marks[:2])
    elif _taken(state, sign, 2):
        _set(state, "strong", marks[1:])
        _one(state, sign, marks[:1])
    elif _taken(state, sign, 1):
        _set(state, "em", marks[2:])
        _two(state, sign, marks[:2])
