"""What every build tells: problems of the lesson's files, of the form of its pages, of what cannot be shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spokeshave.checks.finding import Finding, finding
from spokeshave.checks.page import CheckedPage
from spokeshave.checks.rules import RULES
from spokeshave.problems import Problem
from spokeshave.rendering import problems_of

if TYPE_CHECKING:
    from spokeshave.checks.gathered import GatheredLesson


def from_problem(problem: Problem, rule: str) -> Finding:
    """A problem that a build tells, as a finding by `rule`, or by `broken` if it stops the build."""
    name = "broken" if problem.severity == "error" else problem.rule or rule
    assert name in RULES
    return finding(problem.path, problem.line, 1, name, problem.message, problem.fix)


def check_form(page: CheckedPage) -> Iterator[Finding]:
    """What the parse found wrong, and what the page leaves out."""
    problems = [*problems_of(page.document, page.page), *page.body.warnings]
    yield from (from_problem(problem, "form") for problem in problems)


def check_reading(gathered: GatheredLesson) -> Iterator[Finding]:
    """What the reader warned of: settings, files, titles and minutes that are missing."""
    yield from (from_problem(problem, "lesson") for problem in gathered.warnings)
