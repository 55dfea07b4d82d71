"""Every fault that lessons have had is caught, at the right line, and the run ends: `cases/faults.yaml`."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pytest
import yaml

from spokeshave.problems import LessonError
from spokeshave.snippets.collect import collect_pages
from spokeshave.snippets.counts import check_counts
from spokeshave.snippets.report import failure_text
from spokeshave.snippets.run import run_pages
from tests.spokeshave.snippets.pages import CASES, PAGE, lesson_of

_CASES = yaml.safe_load((CASES / "faults.yaml").read_text(encoding="utf-8"))
_SECRET = "hf_this_is_a_secret"


def said(root: Path, page: str) -> list[str]:
    """The reports on a lesson of this page; the last one is how many of its blocks were not run."""
    (root / "episodes" / "fig").mkdir(parents=True)
    (root / "episodes" / "fig" / "weights.png").write_bytes(_figure())
    (root / "counts.yaml").write_text(f"{PAGE}: {{run: 5, skipped: 0}}\n")
    lesson = lesson_of(root, {PAGE: page})
    try:
        pages = collect_pages(lesson)
    except LessonError as error:
        return [str(problem) for problem in error.problems]
    problems = check_counts(root / "counts.yaml", pages)
    if problems:
        return [str(problem).removeprefix(f"{root}/") for problem in problems]
    (run,) = run_pages(lesson, pages)
    assert not any(_SECRET in str(outcome) for outcome in run.outcomes)
    reports = [failure_text(outcome) for outcome in run.outcomes if outcome.status == "failed"]
    return [*reports, str(sum(outcome.status == "not run" for outcome in run.outcomes))]


def _figure() -> bytes:
    plt.switch_backend("Agg")
    plt.bar(["a", "b", "c"], [4, 5, 9])
    target = io.BytesIO()
    plt.savefig(target, format="png", bbox_inches="tight")
    plt.close("all")
    return target.getvalue()


def test_the_sound_page(tmp_path: Path) -> None:
    assert said(tmp_path, _CASES["page"]) == ["0"]


@pytest.mark.parametrize("case", _CASES["faults"], ids=lambda case: case["name"])
def test_fault(case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", _SECRET)
    old, new = case["edit"]
    assert _CASES["page"].count(old) == 1
    reports = said(tmp_path, _CASES["page"].replace(old, new))
    assert reports[0].startswith(case["says"])
    assert reports[1:] == ([str(case["not_run"])] if "not_run" in case else [])
