"""A card as HTML: read by the Markdown code of the lesson, then made harmless."""

from __future__ import annotations

import logging
import posixpath
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote, unquote

from markupsafe import Markup, escape

from practice_hub.pages.page import link
from practice_hub.pages.sanitizing import sanitized
from practice_hub.repositories import Repository
from spokeshave.blocks import KINDS
from spokeshave.blocks.html import in_view
from spokeshave.blocks.page import render_body
from spokeshave.markdown import Document, parse
from spokeshave.theme import words

logger = logging.getLogger("practice_hub")
LONGEST = 200_000
"""How many signs of a card are rendered; a longer one is shown as it is written."""
MOST_TAGS = 5_000
"""How many signs `<`: HTML that is nested deeply takes a time that grows with the square of the depth."""
IMAGE_ELSEWHERE = "/static/image-elsewhere.svg"
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_ALIGNED = re.compile(r"text-align:\s*(left|center|right);?")
_AS_WRITTEN = replace(KINDS, address=str)
"""Addresses are seen to when the HTML is made harmless: then a parser has found them all, in raw HTML too."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card is: what its addresses are relative to."""

    repository: Repository
    revision: str

    def link(self, address: str) -> str | None:
        """Where a link leads: to a file's page, or elsewhere by a harmless scheme; None if it leads nowhere."""
        address = _as_browsers_read_it(address)
        if address.startswith(("https://", "http://", "mailto:", "#")):
            return address
        path = self._path(address)
        return link(self.repository, "blob", self.revision, path) + _tail(address) if path else None

    def image(self, address: str) -> str | None:
        """Where an image comes from: this repository. In place of others, which would tell who reads, stands a sign."""
        path = self._path(_as_browsers_read_it(address))
        return link(self.repository, "image", self.revision, path) if path else IMAGE_ELSEWHERE

    def _path(self, address: str) -> str:
        """The path in the repository, or nothing if the address leads out of it."""
        if _SCHEME.match(address) or address.startswith(("/", "\\")):
            return ""
        path = posixpath.normpath(unquote(re.split("[?#]", address, maxsplit=1)[0]) or ".")
        return "" if path in {".", ".."} or path.startswith(("../", "/")) else path


def _as_browsers_read_it(address: str) -> str:
    """https://url.spec.whatwg.org/#url-parsing: blanks around it, and line ends and tabs in it, are nothing."""
    return re.sub(r"[\t\n\r]", "", address).strip("".join(map(chr, range(33))))


def _tail(address: str) -> str:
    fragment = address.partition("#")[2]
    return f"#{quote(fragment, safe='')}" if fragment else ""


@lru_cache(maxsize=256)
def card_html(text: str, place: Place) -> Markup:
    """A card's text as HTML. One that cannot be rendered is shown as it is written."""
    if len(text) <= LONGEST and text.count("<") <= MOST_TAGS:
        try:
            return Markup(_rendered(text, place))  # `sanitized` made it harmless
        except Exception:
            # Cards come from anybody, and a fault in rendering one must not cost the page.
            logger.warning("The card of %s cannot be rendered.", place.repository.full_name)
    return Markup('<pre tabindex="0">{}</pre>').format(escape(text))


def _rendered(text: str, place: Place) -> str:
    document = parse(text.replace("\r\n", "\n"))
    _lower_headings(document)
    _align_by_class(document)
    body = render_body(document, kinds=_AS_WRITTEN, words=words("en"))
    return sanitized(in_view(body.html, instructor=True), place.link, place.image)


def _lower_headings(document: Document) -> None:
    """The page has a title of its own, so a card's headings begin at level two."""
    headings = [node.token for node in document.walk() if node.kind == "heading"]
    if any(token.tag == "h1" for token in headings):
        for token in headings:
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"


def _align_by_class(document: Document) -> None:
    """Styles in attributes are not allowed on the pages; the alignment of a table's cells is a class instead."""
    for node in document.walk():
        if node.kind in {"td", "th"} and (
            found := _ALIGNED.fullmatch(str(node.token.attrs.get("style", "")))
        ):
            node.token.attrs["class"] = f"align-{found[1]}"
