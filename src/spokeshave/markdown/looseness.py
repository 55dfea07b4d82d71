"""Loose and tight lists: whether the text of items is in paragraphs.

A list is tight if no item holds a paragraph. One at the very end of the last item does not count:
only the blank line after the list made it one. In a loose list all text is in paragraphs. A figure is
no paragraph, so this comes after the inline rules. What raw HTML tags enclose is part of the item.
Source: pandoc 3.9 as observed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token


@dataclass(slots=True)
class _List:
    """An open list: the text blocks that its items hold directly, and the last block of the last item."""

    texts: list[Token] = field(default_factory=list)
    last: Token | None = None


def looseness(parser: MarkdownIt) -> None:
    """Teach `parser` to tell loose lists from tight ones."""
    parser.core.ruler.after("inline", "looseness", _looseness)


def _looseness(state: StateCore) -> None:
    lists: list[_List] = []
    in_item: list[bool] = []
    for position, token in enumerate(state.tokens):
        if token.nesting < 0:
            in_item.pop()
            if token.type == "html_block_close" and token.content and in_item and in_item[-1]:
                lists[-1].last = token
            if token.tag in ("ul", "ol") and token.type.endswith("_list_close"):
                _settle(lists.pop())
            continue
        if in_item and in_item[-1]:
            lists[-1].last = token
            if token.type == "paragraph_open" and not _is_figure(state.tokens, position):
                lists[-1].texts.append(token)
        if token.nesting > 0:
            raw = token.type == "html_block_open"
            in_item.append(token.type == "list_item_open" or (raw and bool(in_item) and in_item[-1]))
            if token.type in ("bullet_list_open", "ordered_list_open"):
                lists.append(_List())
            elif token.type == "list_item_open":
                lists[-1].last = None


def _is_figure(tokens: Sequence[Token], position: int) -> bool:
    children = tokens[position + 1].children or ()
    return len(children) == 1 and children[0].type == "image" and bool(children[0].content)


def _settle(items: _List) -> None:
    """Make all text of a list's items paragraphs or none of it."""
    loose = [text for text in items.texts if not text.hidden]
    if len(loose) == 1 and loose[0] is items.last:
        loose[0].hidden = True
    elif loose:
        for text in items.texts:
            text.hidden = False
