"""The glossary: terms that it explains and no page uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spokeshave.blocks.shown_text import shown_text
from spokeshave.checks.finding import Finding, finding
from spokeshave.checks.page import CheckedPage

if TYPE_CHECKING:
    from spokeshave.checks.gathered import GatheredLesson

GLOSSARY = "learners/reference.md"
_PARTS = re.compile(r"\s*[(),/]\s*")
_LEAST = 2
"""Signs that a part of a term (`F1` in “F1 (score)”) needs in order to be looked for."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term, and where the glossary explains it."""

    text: str
    line: int
    column: int

    @property
    def forms(self) -> tuple[str, ...]:
        """What a page may say for it: “artificial intelligence (AI)” is used as either."""
        parts = [part for part in _PARTS.split(self.text) if len(part) >= _LEAST]
        return tuple(dict.fromkeys(_plain(form) for form in (self.text, *parts)))


def terms_of(page: CheckedPage) -> Iterator[Term]:
    """What the page defines, if it is the lesson's reference page: the terms of its definition lists."""
    if page.page.path != GLOSSARY:
        return
    for node in page.nodes:
        if node.kind == "dt" and node.children:
            inline = next((part for part in node.walk() if part.kind == "inline"), None)
            if inline is not None:
                text = shown_text(inline.token.children or ())
                line, column = page.columns.place((text, inline.token.content), inline.line)
                yield Term(text, line, column)


def check_terms(gathered: GatheredLesson) -> Iterator[Finding]:
    """Terms of the glossary that no other page uses. A plural, or another ending, counts as a use."""
    terms = [term for page in gathered.pages for term in page.terms]
    if not terms:
        return
    others = (page.page.text for page in gathered.pages if page.page.path != GLOSSARY)
    text = _plain(" ".join(others))
    for term in terms:
        if not any(_begins_a_word(form, text) for form in term.forms):
            message = f"no page uses the term “{term.text}”"
            fix = "Use it where the lesson speaks of it, or take it out of the glossary"
            yield finding(GLOSSARY, term.line, term.column, "unused-term", message, fix)


def _plain(text: str) -> str:
    """Small letters, one blank for every run of blanks and signs of markup."""
    return " ".join(re.sub(r"[\s*_`\[\]-]+", " ", text.replace("’", "'")).lower().split())


def _begins_a_word(form: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(form)}", text) is not None
