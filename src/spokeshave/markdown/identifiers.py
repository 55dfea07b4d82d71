"""Inline parsing, with what must be known of the whole page first: ids of headings.

Headings are parsed before all other text, because text may refer to them: `[A heading]` links to
the heading of that name (pandoc's implicit references).
Source: "Extension: auto_identifiers" and "implicit_header_references" of the Pandoc User's Guide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_SILENT = frozenset({"emoji", "footnote_ref", "footnote_anchor", "html_inline", "raw_inline"})
_DROPPED = re.compile(r"[^\w\s.-]")


def identifiers(parser: MarkdownIt) -> None:
    """Replace `parser`'s inline step by one that gives headings their ids on the way."""
    parser.core.ruler.at("inline", _inline)


def plain_text(tokens: Sequence[Token]) -> str:
    """The text of inline tokens without markup, emoji and footnotes."""
    return "".join(_plain_parts(tokens))


def _plain_parts(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "image":
            yield plain_text(token.children or ())
        elif token.type == "html_inline" and token.content.startswith(("<br", "<BR")):
            yield " "
        elif token.type not in _SILENT:
            yield token.content


def _naming_text(tokens: Sequence[Token]) -> str:
    """What pandoc names a heading by: its text, and the labels of references: `[text][label]`."""
    return "".join(plain_text([token]) + str(token.meta.get("reference", "")) for token in tokens)


def identifier_from(text: str) -> str:
    """Pandoc's automatic identifier for a heading of this text, before it is made unique."""
    kept = _DROPPED.sub("", text.lower())
    words = "-".join(kept.split())
    letter = next((position for position, sign in enumerate(words) if sign.isalpha()), len(words))
    return words[letter:] or "section"


def _unique(identifier: str, used: dict[str, int]) -> str:
    """The identifier, with a number behind it if it is taken. It is taken from now on.

    `used` holds for each taken identifier the last number that was given behind it.
    """
    candidate = identifier
    if identifier in used:
        number = used[identifier] + 1
        while (candidate := f"{identifier}-{number}") in used:
            number += 1
        used[identifier] = number
    used[candidate] = 0
    return candidate


def _inline(state: StateCore) -> None:
    references: dict[str, Any] = state.env.setdefault("references", {})
    references.update(state.env.get("shared_references", {}))
    headings = [
        (token, state.tokens[position + 1])
        for position, token in enumerate(state.tokens)
        if token.type == "heading_open"
    ]
    dotted = _headings(state, headings, references)
    done = {id(inline) for _, inline in headings}
    for token in state.tokens:
        if token.type == "inline" and id(token) not in done:
            _parse(state, token)
    if dotted:
        _redirect(state.tokens, dotted)


def _headings(
    state: StateCore, headings: Sequence[tuple[Token, Token]], references: dict[str, Any]
) -> dict[str, str]:
    """Parse and name all headings; they become references. Returns ids whose dots were replaced."""
    used: dict[str, int] = {}
    implicit: dict[str, Any] = {}
    dotted: dict[str, str] = {}
    for heading, inline in headings:
        _parse(state, inline)
        wanted, identifier = _name(heading, inline, used)
        if wanted != identifier:
            dotted[f"#{wanted}"] = f"#{identifier}"
        if inline.content:
            # Of several headings of one text the first is the one that `[text]` means.
            implicit.setdefault(normalizeReference(inline.content), {"href": f"#{identifier}", "title": ""})
    for label, target in implicit.items():
        references.setdefault(label, target)
    for _, inline in headings:
        if "[" in inline.content:
            # A heading may refer to one further down.
            _parse(state, inline)
    return dotted


def _parse(state: StateCore, inline: Token) -> None:
    inline.children = []
    state.md.inline.parse(inline.content, state.md, state.env, inline.children)


def _name(heading: Token, inline: Token, used: dict[str, int]) -> tuple[str, str]:
    """Set the heading's id. Dots become hyphens, as on the Workbench's pages: both ids are returned.

    An id that the author gave twice is numbered as well: on a page, an id may stand only once.
    """
    given = str(heading.attrs.get("id", ""))
    wanted = _unique(given or identifier_from(_naming_text(inline.children or ())), used)
    identifier = wanted.replace(".", "-")
    if identifier != wanted:
        identifier = _unique(identifier, used)
    heading.attrSet("id", identifier)
    return wanted, identifier


def _redirect(tokens: Sequence[Token], dotted: dict[str, str]) -> None:
    """Let links to ids with dots lead to what these have become."""
    for token in tokens:
        for child in token.children or ():
            address = child.attrs.get("href") if child.type == "link_open" else None
            if address in dotted:
                child.attrs["href"] = dotted[str(address)]
