"""Blocks in text that does not have its lines for itself: in the cells of grid tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from spokeshave.markdown.faults import Fault


def parse_nested(state: StateBlock, lines: Sequence[str], first_line: int) -> list[Token]:
    """The blocks of `lines`, which stand on the page from line `first_line` on.

    Line `n` of `lines` must come from line `first_line + n` of the page: the tokens' lines and
    those of faults are the page's.
    """
    env = state.env
    faults: dict[int, Fault] = env.pop("faults", {})
    inner = StateBlock("\n".join(lines), state.md, env, [])
    inner.level = state.level
    state.md.block.tokenize(inner, 0, inner.lineMax)
    for token in inner.tokens:
        if token.map:
            token.map = [line + first_line for line in token.map]
    found: dict[int, Fault] = env.pop("faults", {})
    for fault in found.values():
        line = fault.line + first_line
        faults.setdefault(line, replace(fault, line=line))
    env["faults"] = faults
    return inner.tokens
