"""Headings: their order and their names (V10 to V14)."""

from __future__ import annotations

from collections.abc import Iterator

from spokeshave.checks.finding import Finding
from spokeshave.checks.outline import PageHeading
from spokeshave.checks.page import CheckedPage

_TOP_TAG = "h1"


def check_headings(page: CheckedPage) -> Iterator[Finding]:
    """All headings of the page, titles of boxes among them, as the Workbench reads them.

    Titles that only repeat the kind of their box (“Solution”), and those of tabs, may be repeated.
    """
    if page.headings and page.headings[0].level != 2:
        first = page.headings[0]
        message = f"the first heading of the page is of level {first.level}"
        yield _found(page, "first-heading", first, message, "Begin with level two: `## …`")
    yield from _levels(page)
    yield from _repeated(page)
    for tag in page.tags:
        if tag.name == _TOP_TAG:
            yield page.found_at("top-heading", (tag.raw,), tag.line, *_TOP)


_TOP = (
    "a page has one heading of level one: its title, from the front matter",
    "Use level two (`## …`) and below",
)


def _found(page: CheckedPage, rule: str, heading: PageHeading, message: str, fix: str) -> Finding:
    return page.found_at(rule, ("#",), heading.line, message, fix)


def _levels(page: CheckedPage) -> Iterator[Finding]:
    before = outside = 0
    for heading in page.headings:
        if not heading.text:
            fix = "Write its text on the same line, or remove it"
            yield _found(page, "empty-heading", heading, "this heading has no text", fix)
        if heading.level == 1:
            yield _found(page, "top-heading", heading, *_TOP)
        bases = [base for base in (before, 0 if heading.box else outside) if base]
        above = min(bases, default=heading.level)
        if heading.level > above + 1:
            message = f"this heading is of level {heading.level}, the one above it of level {above}"
            fix = f"Use level {above + 1}: `{'#' * (above + 1)} …`"
            yield _found(page, "heading-jump", heading, message, fix)
        before = heading.level
        outside = outside if heading.box else heading.level


def _repeated(page: CheckedPage) -> Iterator[Finding]:
    """Headings of one text that stand under the same heading."""
    above: list[tuple[int, str]] = []
    alike: dict[tuple[tuple[int, str], ...], list[PageHeading]] = {}
    for position, heading in enumerate(page.headings):
        while above and above[-1][0] >= heading.level:
            above.pop()
        name = heading.text.casefold()
        if heading.is_label or not name:
            continue
        alike.setdefault((*above, (0, name)), []).append(heading)
        above.append((heading.level, str(position)))
    for headings in (many for many in alike.values() if len(many) > 1):
        first, *others = headings
        for heading, other in ((first, others[0]), *((heading, first) for heading in others)):
            message = f"the heading “{heading.text}” stands on line {other.line} too"
            fix = "Say what is special about this one: in lists of headings the two look the same"
            yield _found(page, "repeated-heading", heading, message, fix)
