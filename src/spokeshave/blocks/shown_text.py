"""Inline tokens as plain text, for places that hold no markup: titles of folds, alternatives of images."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from spokeshave.markdown.identifiers import plain_text


def shown_text(tokens: Sequence[Token]) -> str:
    """The text without markup and footnotes. Other than in ids, emoji stay."""
    parts = (token.content if token.type == "emoji" else plain_text([token]) for token in tokens)
    return " ".join("".join(parts).split())
