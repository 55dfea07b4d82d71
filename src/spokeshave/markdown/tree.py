"""The tree that every later stage reads: markdown-it's tokens, nested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Node:
    """One block. `kind` is the token's type without `_open`; `token` is the opening one.

    A node of kind `inline` has no children: its inline tokens are the flat list `token.children`.
    """

    kind: str
    token: Token
    children: tuple[Node, ...] = ()

    @property
    def line(self) -> int:
        """The line of the file on which the block begins, counted from one; zero if not known."""
        return self.token.map[0] + 1 if self.token.map else 0

    @property
    def classes(self) -> tuple[str, ...]:
        return tuple(str(self.token.attrs.get("class", "")).split())

    @property
    def identifier(self) -> str:
        return str(self.token.attrs.get("id", ""))

    def walk(self) -> Iterator[Node]:
        """This node and all nodes below it, in the order of the text."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


def build_tree(tokens: Sequence[Token]) -> tuple[Node, ...]:
    """Nest a flat list of block tokens."""
    levels: list[list[Node]] = [[]]
    opened: list[Token] = []
    for token in tokens:
        if token.nesting > 0:
            opened.append(token)
            levels.append([])
        elif token.nesting < 0:
            start = opened.pop()
            children = tuple(levels.pop())
            levels[-1].append(Node(start.type.removesuffix("_open"), start, children))
        else:
            levels[-1].append(Node(token.type, token))
    return tuple(levels[0])
