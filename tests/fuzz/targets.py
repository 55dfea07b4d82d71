"""What is fuzzed, as functions of text: the one thing that they may raise is `LessonError`, and they catch it."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from spokeshave import reader
from spokeshave.blocks import KINDS
from spokeshave.blocks.html import in_view
from spokeshave.blocks.page import render_body
from spokeshave.lesson import Lesson
from spokeshave.markdown import parse
from spokeshave.pages.plain_text import describe
from spokeshave.pages.policy import allowances, policy_text
from spokeshave.problems import LessonError
from spokeshave.reading.report import Report
from spokeshave.reading.settings import read_settings
from spokeshave.reading.text import normalized
from spokeshave.reading.timetable import read_timetable
from spokeshave.reading.yaml_text import read_yaml
from spokeshave.theme import words

FILES = (
    *("config.yaml", "index.md", "episodes/01-first.md", "episodes/02-second.md", "learners/setup.md"),
    *("links.md", "glosario.yaml", "instructors/instructor-notes.md", "profiles/ada.md", "CITATION.cff"),
)
"""The files of a lesson that is made of random texts, in this order."""
_WORDS = words("en")


def _without_dates(lesson: Lesson) -> Lesson:
    return lesson


def markdown(text: str) -> None:
    """A page's text becomes HTML, with its policy and its description."""
    body = render_body(parse(normalized(text)), kinds=KINDS, words=_WORDS)
    html = in_view(body.html, instructor=True)
    policy_text(allowances(html))
    describe(html, "")


def config(text: str) -> None:
    """A `config.yaml` becomes settings and plans, or errors at lines that there are."""
    report, text = Report(), normalized(text)
    value = read_yaml(text, "config.yaml", report)
    read_settings(value, "config.yaml", report)
    read_timetable(value, "config.yaml", (), report)
    lines = text.count("\n") + 2
    assert all(0 <= problem.line <= lines for problem in report.problems), report.problems


def lesson(contents: Sequence[bytes]) -> None:
    """A folder of `FILES` with these contents becomes a lesson, or errors."""
    with TemporaryDirectory() as folder:
        for name, content in zip(FILES, contents, strict=False):
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        # Git is a program of its own: asking it takes longer than all that is tried here.
        undated = patch.object(reader, "with_dates", _without_dates)
        with undated, contextlib.suppress(LessonError):
            reader.read_lesson(Path(folder))
