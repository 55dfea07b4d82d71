"""The bodies of a lesson's pages: each rendered once, and again only when it changes."""

from __future__ import annotations

from collections.abc import Mapping

from spokeshave.blocks.body import Body
from spokeshave.lesson import Lesson, Page, Picture
from spokeshave.markdown import References, read_references
from spokeshave.problems import Problem
from spokeshave.rendering import page_body, page_document, problems_of


class Bodies:
    """Renders pages to bodies; remembers them if asked to, so that an unchanged page is not done twice."""

    def __init__(self, *, remember: bool = False) -> None:
        self._remember = remember
        self._known: dict[str, tuple[object, Body]] = {}
        self._ahead: dict[str, Body] = {}
        self._references: tuple[str, References] = ("", {})
        self._pictures: Mapping[str, Picture] = {}
        self.rendered: dict[str, tuple[object, str]] | None = {} if remember else None
        self.errors: list[Problem] = []
        self.warnings: list[Problem] = []

    def start(self, pictures: Mapping[str, Picture]) -> None:
        """Begin a build: the problems of the one before are no longer told.

        While no picture changes, the record of all of them stays the same object: comparing it for each page
        costs nothing then.
        """
        if pictures != self._pictures:
            self._pictures = pictures
        self._ahead.clear()
        self.errors.clear()
        self.warnings.clear()

    def body(self, lesson: Lesson, page: Page) -> Body:
        """The page's body. What is wrong with the page is added to `errors` and `warnings`."""
        body = self.look_ahead(lesson, page)
        del self._ahead[page.path]
        self.warnings += body.warnings
        return body

    def look_ahead(self, lesson: Lesson, page: Page) -> Body:
        """The page's body, before `body` is asked for it. It is kept until then."""
        if page.path in self._ahead:
            return self._ahead[page.path]
        key = (page.text, lesson.links, lesson.settings.language, lesson.glossary, self._pictures)
        known = self._known.get(page.path)
        if known is not None and known[0] == key:
            body = known[1]
        else:
            body, sound = self._render(lesson, page)
            if self._remember and sound:
                self._known[page.path] = (key, body)
        self._ahead[page.path] = body
        return body

    def _render(self, lesson: Lesson, page: Page) -> tuple[Body, bool]:
        """The page's body, and whether the page's form is sound."""
        if self._references[0] != lesson.links:
            self._references = (lesson.links, read_references(lesson.links))
        document = page_document(page, self._references[1])
        problems = problems_of(document, page)
        self.errors += [problem for problem in problems if problem.severity == "error"]
        self.warnings += [problem for problem in problems if problem.severity == "warning"]
        return page_body(lesson, page, document, self._pictures), not document.faults
