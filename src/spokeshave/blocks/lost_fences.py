"""Fences that should begin a code block, but are text: nothing closes them, or too much stands after them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spokeshave.markdown import Node

LOST_FENCE_FIX = "Close the block with a fence of the same length, and name only the language after the fence"
_FENCE = re.compile(r"[ \t]*(?:`{3,}|~{3,})([^`]*)$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def lost_fences(node: Node) -> Iterator[tuple[int, str]]:
    """The lines of a paragraph or the like (a node of kind `inline`) that look like the first of a code block.

    Gives the number of each in the file, and what stands after the fence.
    """
    shown = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), node.token.content)
    for number, text in enumerate(shown.split("\n"), node.line):
        fence = _FENCE.match(text)
        if fence is not None:
            yield number, fence[1].strip()
