"""What is kept of a page after its own checks, for those that need the whole lesson."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from spokeshave.checks.addresses import Address
from spokeshave.checks.allowances import Allowance
from spokeshave.checks.glossary import Term, terms_of
from spokeshave.checks.outline import PageHeading, kind_of
from spokeshave.checks.page import CheckedPage
from spokeshave.lesson import Lesson, Page
from spokeshave.problems import Problem


@dataclass(frozen=True, slots=True)
class GatheredPage:
    """One page, without its tree."""

    page: Page
    ids: frozenset[str]
    hidden_ids: frozenset[str]
    """Those of `ids` that learners do not have."""
    notes: tuple[range, ...]
    """The lines of its notes for instructors."""
    addresses: tuple[Address, ...]
    terms: tuple[Term, ...]
    headings: tuple[PageHeading, ...]
    divs: tuple[tuple[str, int], ...]
    """The Workbench's divs: kind and line."""
    allowances: tuple[Allowance, ...]


@dataclass(frozen=True)
class GatheredLesson:
    """A lesson, what the reader warned of, and its pages."""

    lesson: Lesson
    warnings: tuple[Problem, ...]
    pages: tuple[GatheredPage, ...]

    @cached_property
    def by_path(self) -> dict[str, GatheredPage]:
        return {gathered.page.path: gathered for gathered in self.pages}


def gather(page: CheckedPage, allowances: tuple[Allowance, ...]) -> GatheredPage:
    """What other checks need of `page`."""
    return GatheredPage(
        page=page.page,
        ids=page.ids,
        hidden_ids=page.hidden_ids,
        notes=page.notes,
        addresses=page.addresses,
        terms=tuple(terms_of(page)),
        headings=page.headings,
        divs=tuple((kind, node.line) for node in page.nodes if (kind := kind_of(node))),
        allowances=allowances,
    )
