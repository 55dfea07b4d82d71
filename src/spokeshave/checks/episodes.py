"""What an episode needs: questions, objectives, key points, challenges that try them, and solutions."""

from __future__ import annotations

from collections.abc import Iterator

from spokeshave.blocks.pace import ASSESSMENTS
from spokeshave.checks.finding import Finding
from spokeshave.checks.outline import kind_of
from spokeshave.checks.page import CheckedPage
from spokeshave.markdown import Node

_NEEDED = {
    "questions": ("missing-questions", "questions that it answers", "- What …?"),
    "objectives": ("missing-objectives", "objectives", "- Explain …"),
    "keypoints": ("missing-keypoints", "key points", "- …"),
}


def check_episode(page: CheckedPage) -> Iterator[Finding]:
    """The parts of an episode."""
    if page.page.folder != "episodes":
        return
    divs = {kind: node for node in reversed(page.nodes) if (kind := kind_of(node))}
    for kind, (rule, what, example) in _NEEDED.items():
        if kind not in divs:
            fix = f"Add them: `::: {kind}`, a list (`{example}`), `:::`"
            yield page.found(rule, 1, f"the episode has no {what}", fix)
    if "objectives" in divs and ASSESSMENTS.isdisjoint(divs):
        message = "the episode has objectives, but no challenge or discussion that tries them"
        fix = "Add a challenge for each: so learners and teachers see whether they are reached"
        yield page.found_at("missing-challenge", (":::",), divs["objectives"].line, message, fix)


def check_solutions(page: CheckedPage) -> Iterator[Finding]:
    """Challenges without a solution, on any page."""
    for node in page.nodes:
        if kind_of(node) == "challenge" and not _is_solved(node):
            message = "this challenge has no solution"
            fix = "Add `:::: solution` inside it, for learners on their own; make it a `discussion` if there is none"
            yield page.found_at("missing-solution", (":::", "<div"), node.line, message, fix)


def _is_solved(node: Node) -> bool:
    return any(kind_of(part) == "solution" for part in node.walk())
