"""The code of the lesson runs and prints what its pages show; none of it is left out unseen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from spokeshave.reader import read_lesson
from spokeshave.snippets.collect import collect
from spokeshave.snippets.counts import check_counts
from spokeshave.snippets.report import failure_text, totals_line
from spokeshave.snippets.run import PageRun, run_pages
from spokeshave.snippets.snippet import Page

_ROOT = Path(__file__).parents[2]
_COUNTS = Path(__file__).parent / "snippets.yaml"
_LESSON = read_lesson(_ROOT).lesson
_FOUND = collect(_LESSON)


def test_directives() -> None:
    assert [str(problem) for problem in _FOUND.problems] == []


def test_counts() -> None:
    """As many blocks as `snippets.yaml` says."""
    assert [str(problem) for problem in check_counts(_COUNTS, _FOUND.pages)] == []


@pytest.mark.parametrize("page", _FOUND.pages, ids=lambda page: page.path)
def test_page(page: Page, record_property: Callable[[str, object], None]) -> None:
    (run,) = run_pages(_LESSON, [page], jobs=1)
    record_property("snippets", totals_line([run]))
    assert not _failures(run), "\n".join(_failures(run))


def _failures(run: PageRun) -> list[str]:
    failed = [outcome for outcome in run.outcomes if outcome.status == "failed"]
    return [failure_text(outcome) for outcome in failed]
