"""What a paragraph shows: its tokens, with those of notes and captions within it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from spokeshave.markdown import Node

_BREAKS = ("softbreak", "hardbreak")


def tokens_of(node: Node) -> tuple[Token, ...]:
    """The inline tokens of `node`; those of notes (`^[…]`) and captions stand in their place, after the image.

    An image alone in its paragraph has its text as a caption; elsewhere, no page shows its links, and its breaks alone
    are given.
    """
    tokens = node.token.children or ()
    return tuple(_opened(tokens, captioned=len(tokens) == 1))


def _opened(tokens: Sequence[Token], *, captioned: bool) -> Iterator[Token]:
    for token in tokens:
        if token.type == "footnote_ref" and token.children:
            yield from _opened(token.children, captioned=False)
        else:
            yield token
            if token.type == "image":
                yield from (part for part in token.children or () if captioned or part.type in _BREAKS)


def line_ends(token: Token) -> int:
    """How many line ends of the source are in the token itself; an image's come after it."""
    if token.children:
        return 0
    return token.content.count("\n") + (token.type in _BREAKS)
