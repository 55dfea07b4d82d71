"""Inline tokens back to Markdown, in the dialect that notebooks have (CommonMark with GitHub's tables)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from spokeshave.blocks.shown_text import shown_text
from spokeshave.blocks.writer import Writer
from spokeshave.notebooks.addresses import Addresses

_SPECIAL = re.compile(r"[\\`*\[\]<$~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_LINE_START = re.compile(r"(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+\s*$|-{2,}\s*$)")
_NUMBER_START = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_BACKTICKS = re.compile(r"`+")
_DELIMITERS = {"em": ("*", "em"), "strong": ("**", "strong"), "s": ("~~", "del")}
"""What opens and closes a kind of emphasis, and the element that says the same where that fails."""
_FORMATS = {"emoji": "{}", "math_inline": "${}$", "math_display": "$${}$$"}
_CONSTANT = {
    "softbreak": "\n",
    "hardbreak": "<br>\n",
    "sub_open": "<sub>",
    "sub_close": "</sub>",
    "sup_open": "<sup>",
    "sup_close": "</sup>",
    "span_open": "",
    "span_close": "",
}


class InlineText:
    """Writes the text of one page. Footnotes are counted by the `writer`, which has their list at the end."""

    def __init__(self, writer: Writer, addresses: Addresses) -> None:
        self._writer = writer
        self._addresses = addresses

    def text(self, tokens: Sequence[Token]) -> str:
        """Inline tokens as Markdown of one or more lines."""
        parts: list[str] = []
        opened: list[tuple[int, Token]] = []
        for position, token in enumerate(tokens):
            kind, _, part = token.type.rpartition("_")
            if part == "open" and token.type not in _CONSTANT:
                opened.append((len(parts), token))
            elif part == "close" and token.type not in _CONSTANT:
                start, opening = opened.pop()
                inner = "".join(parts[start:])
                del parts[start:]
                before = "".join(parts)[-1:]
                parts.append(self._element(kind, opening, inner, before, _next_sign(tokens, position)))
            else:
                at_start = not "".join(parts[-1:]).strip(" ") or parts[-1].endswith("\n")
                parts.append(self._one(token, line_start=at_start))
        return "".join(parts)

    def image(self, token: Token) -> str:
        """An image, without its caption."""
        given = token.attrs.get("alt", shown_text(token.children or ()))
        alternative = re.sub(r"([\[\]\\])", r"\\\1", " ".join(str(given).split()))
        return f"![{alternative}]({_target(self._addresses.of(str(token.attrs.get('src', ''))))})"

    def _one(self, token: Token, *, line_start: bool) -> str:
        """A token that neither opens nor closes anything."""
        if token.type in ("text", "text_special"):
            return _escaped(token.content, line_start=line_start)
        if token.type in _CONSTANT:
            return _CONSTANT[token.type]
        if token.type in _FORMATS:
            return _FORMATS[token.type].format(token.content)
        if token.type == "code_inline":
            return _code(token.content)
        if token.type == "image":
            return self.image(token)
        # Raw HTML, marks of footnotes, terms of the glossary: as on the page.
        return self._addresses.in_html(self._writer.inline([token]))

    def _element(self, kind: str, opening: Token, inner: str, before: str, after: str) -> str:
        if kind == "link":
            title = str(opening.attrs.get("title", "")).replace('"', '\\"')
            target = _target(self._addresses.of(str(opening.attrs.get("href", ""))))
            return f'[{inner}]({target} "{title}")' if title else f"[{inner}]({target})"
        if kind not in _DELIMITERS:
            return inner
        sign, element = _DELIMITERS[kind]
        if _holds(inner, before, after):
            return f"{sign}{inner}{sign}"
        return f"<{element}>{inner}</{element}>"


def _next_sign(tokens: Sequence[Token], position: int) -> str:
    """The sign that follows a closing token: a blank at the end, some punctuation before other tokens."""
    if position + 1 == len(tokens):
        return " "
    following = tokens[position + 1]
    if following.type in ("softbreak", "hardbreak"):
        return " "
    return following.content[:1] if following.type == "text" else "*"


def _holds(inner: str, before: str, after: str) -> bool:
    """Whether stars around `inner` are read as emphasis: CommonMark's rule of flanking delimiters.

    Stars that touch stars are not risked.
    """
    if not inner or inner[0].isspace() or inner[-1].isspace() or before == "*" or after == "*":
        return False
    if inner[0] == "*" or inner[-1] == "*":
        return False
    opens = inner[0].isalnum() or not before or not before.isalnum()
    return opens and (inner[-1].isalnum() or not after.isalnum())


def _escaped(text: str, *, line_start: bool) -> str:
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    if line_start:
        if _LINE_START.match(escaped):
            return "\\" + escaped
        return _NUMBER_START.sub(r"\1\\\2", escaped, count=1) if _NUMBER_START.match(escaped) else escaped
    return escaped


def _code(content: str) -> str:
    longest = max((len(run) for run in _BACKTICKS.findall(content)), default=0)
    fence = "`" * (longest + 1)
    blank = " " if content.startswith("`") or content.endswith("`") else ""
    return f"{fence}{blank}{content}{blank}{fence}"


def _target(address: str) -> str:
    """An address as it may stand in parentheses."""
    safe = address.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    return f"<{safe}>" if "(" in safe or ")" in safe else safe
