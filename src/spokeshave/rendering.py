"""A page of a lesson to its tree, and the tree to its body: for whoever builds, and for whoever checks."""

from __future__ import annotations

from spokeshave.blocks import KINDS
from spokeshave.blocks.body import Body
from spokeshave.blocks.page import render_body
from spokeshave.lesson import Lesson, Page
from spokeshave.markdown import Document, References, parse
from spokeshave.problems import Problem
from spokeshave.theme import words


def page_document(page: Page, references: References) -> Document:
    """The tree of `page`. `references` are the link definitions that all pages share."""
    return parse(page.text, page.first_line, references)


def problems_of(document: Document, page: Page) -> list[Problem]:
    """What the parse of `page` found wrong with its form."""
    return [
        Problem(page.path, fault.line + 1, fault.message, fault.fix, fault.severity)
        for fault in document.faults
    ]


def page_body(lesson: Lesson, page: Page, document: Document) -> Body:
    """The body of `page`, from its tree."""
    return render_body(
        document,
        kinds=KINDS,
        words=words(lesson.settings.language),
        path=page.path,
        language=lesson.settings.language,
        glossary=lesson.glossary,
        uses_glosario=bool(lesson.settings.glosario),
    )
