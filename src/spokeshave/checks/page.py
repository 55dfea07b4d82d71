"""A page as checks see it: its tree, and what is read from it once for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import chain

from spokeshave.blocks.body import Body
from spokeshave.blocks.html import in_view
from spokeshave.checks.addresses import Address, addresses_of
from spokeshave.checks.columns import Columns
from spokeshave.checks.finding import Finding, finding
from spokeshave.checks.outline import PageHeading, headings_of
from spokeshave.checks.prose import ProseLine, prose_of
from spokeshave.checks.tags import Tag, tags_of
from spokeshave.lesson import Page
from spokeshave.markdown import Document, Node

_ID = re.compile(r'\sid="([^"]*)"')


@dataclass(frozen=True)
class CheckedPage:
    """One page, parsed and rendered once."""

    page: Page
    document: Document
    body: Body
    language: str

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every block, in the order of the text."""
        return tuple(self.document.walk())

    @cached_property
    def columns(self) -> Columns:
        return Columns(self.page.text.split("\n"))

    @cached_property
    def addresses(self) -> tuple[Address, ...]:
        return tuple(addresses_of(iter(self.nodes), self.columns))

    @cached_property
    def headings(self) -> tuple[PageHeading, ...]:
        return tuple(headings_of(self.document.nodes))

    @cached_property
    def prose(self) -> tuple[ProseLine, ...]:
        return tuple(prose_of(self.document.nodes))

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        return tuple(tag for node in self.nodes for tag in tags_of(node))

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every place that the rendered page has, whatever gave it: headings, boxes, spans, raw HTML, `<a name>`."""
        return _places(self.body.html, self.tags)

    @cached_property
    def notes(self) -> tuple[range, ...]:
        """The lines of its notes for instructors."""
        notes = (node.token.map for node in self.nodes if node.kind == "div" and "instructor" in node.classes)
        return tuple(range(lines[0] + 1, lines[1] + 1) for lines in notes if lines)

    @cached_property
    def hidden_ids(self) -> frozenset[str]:
        """Those of `ids` that learners do not have."""
        if not self.notes:
            return frozenset()
        shown = (tag for tag in self.tags if not any(tag.line in note for note in self.notes))
        return self.ids - _places(in_view(self.body.html, instructor=False), shown)

    def found(self, rule: str, line: int, message: str, fix: str, column: int = 1) -> Finding:
        """A finding on this page."""
        return finding(self.page.path, line, column, rule, message, fix)

    def found_at(self, rule: str, needles: Iterable[str], line: int, message: str, fix: str) -> Finding:
        """A finding on this page, in the column where one of `needles` stands."""
        line, column = self.columns.place(needles, line)
        return self.found(rule, line, message, fix, column)

    @property
    def is_prose(self) -> bool:
        """Whether the lesson's authors wrote this for their readers: no license, no code of conduct."""
        return bool(self.page.folder) or self.page.path == "index.md"


def _places(html: str, tags: Iterable[Tag]) -> frozenset[str]:
    names = (tag.attributes["name"] for tag in tags if tag.name == "a" and "name" in tag.attributes)
    return frozenset(map(unescape, chain(names, _ID.findall(html))))
