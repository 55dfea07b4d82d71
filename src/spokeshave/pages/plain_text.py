"""Text without markup: of inline HTML, and of the first words of a page."""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(r"<[^>]*>")
_LONGEST = 200
"""Characters of a page's description; search engines show no more."""
_BEGINNING = 20_000
"""Of a paragraph, this much is looked at: enough for its first words, whatever markup they have."""


def describe(html: str, fallback: str) -> str:
    """The first words of a page, as plain text, for search engines and link previews."""
    for paragraph in re.finditer(r"<p>(.*?)</p>", html, re.DOTALL):
        text = plain(paragraph[1][:_BEGINNING])
        if len(text) > 40:
            break
    else:
        return fallback
    if len(text) <= _LONGEST:
        return text
    return text[: _LONGEST - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def plain(html: str) -> str:
    """The text of inline HTML."""
    return " ".join(unescape(_TAG.sub("", html)).split())
