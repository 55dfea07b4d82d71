"""Every page of our own lesson has the same structure as pandoc gives it (fenced divs as plain ones)."""

from __future__ import annotations

import pytest

from spokeshave.lesson import Lesson, Page
from spokeshave.reader import read_lesson
from tests.spokeshave.oracle import our_html, pandoc_html, structure
from tests.spokeshave.sites import REPOSITORY


def _pages(lesson: Lesson) -> list[Page]:
    singles = [page for page in (lesson.home, lesson.setup, lesson.instructor_notes) if page]
    groups = (lesson.episodes, lesson.learners, lesson.instructors, lesson.profiles, lesson.others)
    return singles + [page for group in groups for page in group]


_LESSON = read_lesson(REPOSITORY).lesson


@pytest.mark.parametrize("page", _pages(_LESSON), ids=lambda page: page.path)
def test_same_structure_as_pandoc(page: Page) -> None:
    body = "\n".join(page.text.split("\n")[page.first_line :])
    text = f"{body}\n\n{_LESSON.links}"
    assert structure(our_html(text)) == structure(pandoc_html(text))
