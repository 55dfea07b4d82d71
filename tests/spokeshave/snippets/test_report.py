"""What is told of a run: `cases/report.yaml`, and the lines of totals."""

from __future__ import annotations

from typing import Any

import pytest

from spokeshave.snippets.report import (
    block_line,
    failure_text,
    numbered_code,
    page_line,
    place_of,
    tally,
    totals_line,
)
from spokeshave.snippets.run import PageRun
from spokeshave.snippets.snippet import Expectation, Kind, Outcome, Page, Snippet
from tests.spokeshave.snippets.pages import cases


def block(code: str = "code\n", *fences: Kind, skip: str = "", figure: str = "", line: int = 10) -> Snippet:
    wanted = tuple(Expectation(kind, "1\n", 15, 16, 16) for kind in fences)
    return Snippet("one.md", line, "python", code, skip=skip, figure=figure, expectations=wanted)


@pytest.mark.parametrize("case", cases("report"), ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    outcome = Outcome(block(case.get("code", "code\n"), *case.get("fences", ())), **case["did"])
    if "block" in case:
        assert block_line(outcome) == case["block"]
    if "failure" in case:
        assert failure_text(outcome) == case["failure"]


def test_only_the_end_of_a_long_text_is_told() -> None:
    told = "".join(f"line {number}\n" for number in range(1, 31)) + "\n"
    text = failure_text(Outcome(block(), "failed", reason="no", stderr=told))
    assert text.endswith("standard error:\n" + "".join(f"line {number}\n" for number in range(11, 31)))
    assert "line 10\n" not in text


def test_numbers_have_one_width() -> None:
    outcome = Outcome(block("a\nb\n", line=8), "failed", line=9)
    assert numbered_code(outcome) == ">  9 | a\n  10 | b"
    assert place_of(outcome) == "one.md:9"


def test_totals() -> None:
    outcomes = (
        Outcome(block("a", "output", "warning", figure="fig/a.png"), "passed", seconds=0.25),
        Outcome(block("b", "output"), "failed", seconds=1.5),
        Outcome(block("c", "output"), "not run"),
        *(Outcome(block("d", "output", skip="needs a GPU"), "skipped") for _ in range(2)),
        Outcome(block("e", skip="asks"), "skipped"),
    )
    assert page_line(PageRun(Page("one.md", (), ""), outcomes, {})) == (
        "one.md: 1 failed, 1 not run, 1 passed, 3 skipped (1.8 s)"
    )
    assert totals_line(map(tally, outcomes)) == (
        "2 run, 3 skipped (2 × needs a GPU; asks), 4 output fences checked, 1 failed, 1 not run"
    )
    assert totals_line(map(tally, outcomes[1:2])) == "1 run, 0 skipped, 1 output fence checked, 1 failed"
    assert totals_line([]) == "0 run, 0 skipped, 0 output fences checked"
