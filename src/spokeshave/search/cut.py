"""A page's HTML → its records. Headings, boxes and folds with an id begin one; the text after them belongs to it.

What is cut is what learners are shown, so search finds what a reader sees and nothing else, whichever renderer made
it. The HTML comes from spokeshave; raw HTML of an author that is not balanced may put text under the box before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

from spokeshave.blocks.boxes import ICONS
from spokeshave.search.record import Record

_TOKEN = re.compile(
    r"(?P<text>[^<]+)|<!--.*?-->|<(?P<closing>/?)(?P<name>[a-zA-Z][\w-]*)"
    r"(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>|<",
    re.DOTALL,
)
_ID = re.compile(r'\sid="([^"]+)"')
_CLASS = re.compile(r'\sclass="([^"]+)"')
_HEADING = re.compile(r"h[1-6]$")
_INLINE = frozenset(
    "a abbr b bdi cite code del em i ins kbd mark q s samp small span strong sub sup u var".split()
)
"""Elements that may begin and end within a word."""
_VOID = frozenset("area br col embed hr img input link meta source track wbr".split())
_SILENT = frozenset(("svg", "nav", "script", "style", "template", "button"))
_SILENT_CLASSES = frozenset(("callout-square", "callout-header", "note-square", "code-label"))
"""What is no text of the page: pictures, controls, labels (a box's kind is a field of its own)."""
_OVERVIEW_HEADINGS = (("h2", ["card-header"]), ("h3", ["card-title"]))
_FOLDS = ("solution", "hint", "spoiler")
_CLOSED = frozenset(("solution", "hint"))


def cut(html: str, url: str, page: str, words: Mapping[str, str]) -> list[Record]:
    """The records of the page at `url`, whose title is `page`; `html` is its text as learners get it.

    `words` is the UI text by key.
    """
    cutter = _Cutter(url, page, words)
    for token in _TOKEN.finditer(html):
        if token["text"]:
            cutter.add(token["text"])
        elif token["name"]:
            cutter.tag(token["name"].lower(), token["attributes"], closing=bool(token["closing"]))
    return cutter.finished()


@dataclass(slots=True)
class _Place:
    """The page, or a box or fold that is open, with the text that has been gathered since its last heading."""

    depth: int
    """How many `div` were open outside it."""
    identifier: str = ""
    section: str = ""
    kind: str = ""
    title: str = ""
    closed: bool = False
    challenge: str = ""
    """The title of the last challenge in it: solutions and hints are called after that."""
    text: list[str] = field(default_factory=list)


class _Cutter:
    """Reads tags and texts one after another."""

    def __init__(self, url: str, page: str, words: Mapping[str, str]) -> None:
        self.url, self.page, self.words = url, page, words
        self.depth = 0
        self.places = [_Place(-1)]
        self.records: list[Record] = []
        self.silent: tuple[str, int] | None = None
        """The element that is being left out, and how many of its name are open in it."""
        self.heading: list[str] | None = None
        self.labels = {words["box_challenge"], *(words[f"fold_{fold}"] for fold in _FOLDS)}
        """Titles of those that have none of their own."""

    def add(self, text: str) -> None:
        if self.silent is None:
            (self.places[-1].text if self.heading is None else self.heading).append(text)

    def tag(self, name: str, attributes: str, *, closing: bool) -> None:
        if self.silent is not None:
            self._pass_over(name, attributes, closing=closing)
            return
        if name not in _INLINE:
            self.add(" ")
        if closing:
            self._close(name)
        elif name in _SILENT or _is_silent(name, attributes):
            if name not in _VOID and not attributes.endswith("/"):
                self.silent = (name, 1)
        else:
            self._open(name, attributes)

    def finished(self) -> list[Record]:
        while self.places:
            self._write(self.places.pop())
        return self.records

    def _pass_over(self, name: str, attributes: str, *, closing: bool) -> None:
        assert self.silent is not None
        left_out, count = self.silent
        if name == left_out and not attributes.endswith("/"):
            count += -1 if closing else 1
        self.silent = (left_out, count) if count else None

    def _open(self, name: str, attributes: str) -> None:
        if name == "div":
            self._open_div(attributes)
            self.depth += 1
        elif name == "summary":
            self._name_fold(_classes(attributes))
        elif _HEADING.match(name):
            self._open_heading(attributes)

    def _close(self, name: str) -> None:
        if name == "div":
            self.depth = max(0, self.depth - 1)
            if self.places[-1].depth >= self.depth:
                self._leave(self.places.pop())
        elif self.heading is not None and _HEADING.match(name):
            self._name(_plain(self.heading))
            self.heading = None

    def _open_div(self, attributes: str) -> None:
        names, identifier = _classes(attributes), _ID.search(attributes)
        if identifier is None or names[:1] not in (["callout"], ["accordion"]):
            return
        outer = self.places[-1]
        kind = ""
        if names[0] == "callout":
            kind = self.words[f"box_{names[1] if names[1:] and names[1] in ICONS else 'callout'}"]
        place = _Place(self.depth, unescape(identifier[1]), outer.section, kind, closed=outer.closed)
        self.places.append(place)

    def _name_fold(self, names: list[str]) -> None:
        place = self.places[-1]
        fold = next((name for name in _FOLDS if f"{name}-button" in names), None)
        if fold is not None and place.identifier:
            place.kind = self.words[f"found_{fold}"]
            place.closed = place.closed or fold in _CLOSED

    def _open_heading(self, attributes: str) -> None:
        names, identifier = _classes(attributes), _ID.search(attributes)
        if "callout-title" in names or "accordion-header" in names:
            self.heading = []
        elif identifier is not None:
            place = self.places[-1]
            self._write(place)
            place.identifier, place.text, self.heading = unescape(identifier[1]), [], []

    def _name(self, title: str) -> None:
        """The heading that ends here is the title of the box, or of the section, that is being read."""
        place = self.places[-1]
        if not place.kind:
            place.section = title
            return
        own = "" if title in self.labels else title
        challenge = self.places[-2].challenge if len(self.places) > 1 else ""
        if place.closed and challenge:
            place.text.append(f"{own} ")  # searched, not shown: it may be the answer
            place.title = challenge
        else:
            place.title = own

    def _leave(self, place: _Place) -> None:
        """The end of a box or fold. The text around it goes on."""
        self._write(place)
        if place.kind == self.words["box_challenge"] and self.places:
            self.places[-1].challenge = place.title
        self.add(" ")

    def _write(self, place: _Place) -> None:
        text = _plain(place.text)
        if place.kind and not text and not place.title:
            return
        url = f"{self.url}#{place.identifier}" if place.identifier else self.url
        record = Record(url, self.page, place.section, place.kind, place.title, text, place.closed)
        self.records.append(record)


def _classes(attributes: str) -> list[str]:
    found = _CLASS.search(attributes)
    return found[1].split() if found else []


def _is_silent(name: str, attributes: str) -> bool:
    names = _classes(attributes)
    return (
        'aria-hidden="true"' in attributes
        or not _SILENT_CLASSES.isdisjoint(names)
        or (name, names) in _OVERVIEW_HEADINGS
    )


def _plain(parts: list[str]) -> str:
    return " ".join(unescape("".join(parts)).split())
