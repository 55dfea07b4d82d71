"""The notebooks of a lesson as files: which there should be, and which of them are not current."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spokeshave.lesson import Lesson
from spokeshave.notebooks.notebook import cell_source, notebook_text
from spokeshave.problems import LessonError, Problem
from spokeshave.snippets.matching import matches
from spokeshave.snippets.run import PageRun
from spokeshave.snippets.snippet import Page
from spokeshave.whole_file import write_file

FOLDER = "episodes/files"
_TOLERANCE = 1e-6
_PRINTED = "stream stdout"
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Expected:
    """The text of an `output` fence, and how near its numbers must be."""

    text: str
    tolerance: float


@dataclass(frozen=True, slots=True)
class NotebookFile:
    """A notebook as it should be. `path` is relative to the lesson."""

    path: str
    text: str
    expected: Mapping[str, Expected]
    """By the code of each block with an `output` fence: what the page says that it prints."""


def episodes_with_python(lesson: Lesson, pages: Sequence[Page]) -> tuple[Page, ...]:
    """The code of the episodes that get a notebook."""
    episodes = {page.path for page in lesson.episodes}
    return tuple(
        page
        for page in pages
        if page.path in episodes and any(snippet.language == "python" for snippet in page.snippets)
    )


def make_notebooks(lesson: Lesson, runs: Sequence[PageRun]) -> tuple[NotebookFile, ...]:
    """The notebooks of the episodes that were run.

    Raises `LessonError` if a block failed: a notebook shows what really came out, and only that.
    """
    failed = [
        Problem(
            outcome.snippet.path,
            outcome.line or outcome.snippet.line,
            f"the block failed ({outcome.reason.split(chr(10))[0] or outcome.error})",
            "Mend it, or see `spokeshave snippets`; until then there is no notebook",
        )
        for run in runs
        for outcome in run.outcomes
        if outcome.status == "failed"
    ]
    if failed:
        raise LessonError(*failed)
    episodes = {page.path: page for page in lesson.episodes}
    return tuple(
        NotebookFile(
            f"{FOLDER}/{page.slug}.ipynb", notebook_text(lesson, page, run.outcomes), _expected(run.page)
        )
        for run in runs
        if (page := episodes[run.page.path])
    )


def is_current(lesson: Lesson, notebook: NotebookFile) -> bool:
    """Whether the file holds this notebook.

    Its outputs may differ as little as those of the page may: so nobody's notebook goes stale because
    a number's last digit, or a text for which the page has `...`, differs between two machines.
    """
    file = lesson.root / notebook.path
    try:
        text = file.read_text(encoding="utf-8")
        return text == notebook.text or _same(json.loads(text), json.loads(notebook.text), notebook.expected)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False


def write_notebook(lesson: Lesson, notebook: NotebookFile) -> None:
    """Write the file. Raises `LessonError` if that is not possible."""
    write_file(lesson.root / notebook.path, notebook.text.encode(), notebook.path)


def leftovers(lesson: Lesson, notebooks: Sequence[NotebookFile]) -> list[Path]:
    """Notebooks of episodes that have no Python code any more."""
    made = {lesson.root / notebook.path for notebook in notebooks}
    places = (lesson.root / FOLDER / f"{page.slug}.ipynb" for page in lesson.episodes)
    return [place for place in places if place.is_file() and place not in made]


def _expected(page: Page) -> dict[str, Expected]:
    return {
        cell_source(snippet): Expected(fence.text, snippet.tolerance)
        for snippet in page.snippets
        for fence in snippet.expectations
        if fence.kind == "output"
    }


def _same(old: dict[str, Any], new: dict[str, Any], expected: Mapping[str, Expected]) -> bool:
    """Whether two notebooks are equal, but for small differences in what was printed or drawn."""
    pairs = list(zip(old.pop("cells"), new.pop("cells"), strict=True))
    return old == new and all(_same_cell(was, now, expected) for was, now in pairs)


def _same_cell(old: dict[str, Any], new: dict[str, Any], expected: Mapping[str, Expected]) -> bool:
    was, now = ([_shown(output) for output in cell.pop("outputs", ())] for cell in (old, new))
    if old != new or [kind for kind, _ in was] != [kind for kind, _ in now]:
        return False
    wanted = expected.get("".join(old["source"]))
    return all(
        matches(text, other, _TOLERANCE)
        or (wanted is not None and kind == _PRINTED and matches(wanted.text, text, wanted.tolerance))
        for (kind, text), (_, other) in zip(was, now, strict=True)
    )


def _shown(output: dict[str, Any]) -> tuple[str, str]:
    """The kind of an output and its text, without addresses in memory, which no run has twice.

    Of figures no text: the page's test compares them.
    """
    text = "".join(output.get("text", output.get("evalue", "")))
    return f"{output['output_type']} {output.get('name', '')}", _ADDRESS.sub(" at 0x…", text)
