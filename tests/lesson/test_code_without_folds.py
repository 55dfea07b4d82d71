"""The code of each episode as learners run it: without solutions, hints and spoilers, with the first of the tabs.

That the whole page runs says less: a solution may hold an import that a later block needs.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from spokeshave.reader import read_lesson
from spokeshave.snippets.collect import collect_pages
from spokeshave.snippets.report import failure_text
from spokeshave.snippets.run import run_pages
from spokeshave.snippets.service import load_service
from spokeshave.snippets.snippet import Page
from spokeshave.snippets.tabs import program

_LESSON = read_lesson(Path(__file__).parents[2]).lesson
_HUB = "practice_hub.beside_code:hub_beside_code"


def _open_code(page: Page) -> Page:
    """The page with only the blocks that everybody runs."""
    seen = [snippet for snippet in page.snippets if not snippet.folded]
    return replace(page, snippets=program(seen, ""))


def _is_beginning(page: Page, whole: Page) -> bool:
    """Whether nothing runs between or before the page's blocks: then the test of the whole page runs them so, too."""
    return page.snippets == program(whole.snippets, "")[: len(page.snippets)]


_EPISODES = [(_open_code(page), page) for page in collect_pages(_LESSON) if page.path.startswith("episodes/")]
_CUT = [page for page, whole in _EPISODES if not _is_beginning(page, whole)]


def test_some_pages_go_on_after_what_is_folded_away() -> None:
    assert _CUT


@pytest.mark.parametrize("page", _CUT, ids=lambda page: page.path)
def test_page_runs_without_what_is_folded_away(page: Page) -> None:
    (run,) = run_pages(_LESSON, [page], jobs=1, service=load_service(_HUB, _LESSON.root))
    assert [failure_text(outcome) for outcome in run.outcomes if outcome.status == "failed"] == []
    assert run.passed
    assert run.outcomes
