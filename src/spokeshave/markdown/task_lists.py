"""Task lists: items that begin with `[ ]` or `[x]`.

The box is taken off the text and noted on the item: `meta["checked"]`.
Source: "Extension: task_lists" of the Pandoc User's Guide.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

_BOXES = {"[ ] ": False, "[x] ": True, "[X] ": True}


def task_lists(parser: MarkdownIt) -> None:
    """Teach `parser` task lists."""
    parser.core.ruler.after("inline", "task_lists", _task_lists)


def _task_lists(state: StateCore) -> None:
    tokens = state.tokens
    for position, token in enumerate(tokens):
        if token.type != "list_item_open" or tokens[position + 1].type != "paragraph_open":
            continue
        inline = tokens[position + 2]
        box = inline.content[:4]
        if box not in _BOXES or not inline.children or not inline.children[0].content.startswith(box):
            continue
        first = inline.children[0]
        if first.type == "text":
            first.content = first.content[4:]
            token.meta["checked"] = _BOXES[box]
