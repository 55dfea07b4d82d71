"""Lesson to findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from spokeshave.checks.allowances import Allowance, allowances_of
from spokeshave.checks.finding import Finding, finding
from spokeshave.checks.gathered import GatheredLesson, GatheredPage, gather
from spokeshave.checks.page import CheckedPage
from spokeshave.checks.registry import LESSON_CHECKS, PAGE_CHECKS
from spokeshave.checks.rules import RULES
from spokeshave.lesson import Lesson, Page
from spokeshave.markdown import References, read_references
from spokeshave.reader import Reading
from spokeshave.rendering import page_body, page_document

_NEEDS_THE_WEB = frozenset({"dead-link", "unreached-link"})


@dataclass(frozen=True, slots=True)
class Allowed:
    """A finding that a comment allows, and why."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All that was found: what is to be mended, what is allowed, and in how many pages."""

    findings: tuple[Finding, ...]
    allowed: tuple[Allowed, ...]
    pages: int

    @property
    def errors(self) -> int:
        return sum(found.severity == "error" for found in self.findings)

    @property
    def warnings(self) -> int:
        return len(self.findings) - self.errors


def check_lesson(reading: Reading) -> tuple[GatheredLesson, list[Finding]]:
    """Every finding of every check, allowed or not. Pages are parsed and rendered once, one after another."""
    lesson = reading.lesson
    references = read_references(lesson.links)
    found: list[Finding] = []
    pages = tuple(_check_page(lesson, page, references, found) for page in lesson.pages)
    gathered = GatheredLesson(lesson, reading.warnings, pages)
    for check in LESSON_CHECKS:
        found += check(gathered)
    return gathered, found


def _check_page(lesson: Lesson, page: Page, references: References, found: list[Finding]) -> GatheredPage:
    document = page_document(page, references)
    checked = CheckedPage(page, document, page_body(lesson, page, document), lesson.settings.language)
    for check in PAGE_CHECKS:
        found += check(checked)
    comments = list(allowances_of(page.path, document.nodes))
    found += (comment for comment in comments if isinstance(comment, Finding))
    return gather(checked, tuple(comment for comment in comments if isinstance(comment, Allowance)))


def judge(gathered: GatheredLesson, found: Iterable[Finding], *, web: bool) -> CheckResult:
    """Take out what comments allow, and report comments that allow nothing.

    `web`: whether links to the web were tried; if not, what is said of those is not idle.
    """
    by_rule: dict[tuple[str, str], list[Allowance]] = defaultdict(list)
    for page in gathered.pages:
        for allowance in page.allowances:
            by_rule[allowance.path, allowance.rule].append(allowance)
    kept: list[Finding] = []
    allowed: list[Allowed] = []
    used: set[Allowance] = set()
    for one in sorted(found):
        on = gathered.by_path.get(one.path)
        candidates = by_rule.get((one.path if on else "index.md", one.rule), ())
        whole = on is None or not one.line or RULES[one.rule].of_page
        covering = [allowance for allowance in candidates if allowance.covers(one, whole)]
        used.update(covering)
        if covering:
            allowed.append(Allowed(one, covering[0].reason))
        else:
            kept.append(one)
    idle = (allowance for many in by_rule.values() for allowance in many if allowance not in used)
    kept += (_idle(allowance) for allowance in idle if web or allowance.rule not in _NEEDS_THE_WEB)
    return CheckResult(tuple(sorted(kept)), tuple(allowed), len(gathered.pages))


def _idle(allowance: Allowance) -> Finding:
    message = f"`allow {allowance.rule}` allows nothing"
    fix = "Remove it, or put it directly above what it is about"
    return finding(allowance.path, allowance.line, 1, "allow-nothing", message, fix)
