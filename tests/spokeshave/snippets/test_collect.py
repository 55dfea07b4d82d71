"""Which blocks are found on a page, and what is said of mistakes: `cases/collect.yaml`."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from spokeshave.problems import LessonError
from spokeshave.snippets.collect import collect, collect_pages
from spokeshave.snippets.snippet import Snippet
from tests.spokeshave.snippets.pages import PAGE, cases, lesson_of

_USUAL = Snippet(path=PAGE, line=0, language="python", code="")
_TOLD = ("skip", "figure", "tolerance", "timeout", "alternative", "group", "folded", "home")


def described(snippet: Snippet) -> str:
    """`line language`, and what is not as usual."""
    parts = [f"{snippet.line} {snippet.language}"]
    parts += [
        f"{field.name}={getattr(snippet, field.name)}"
        for field in fields(Snippet)
        if field.name in _TOLD and getattr(snippet, field.name) != getattr(_USUAL, field.name)
    ]
    parts += [
        f'{wanted.kind}={wanted.line}:{wanted.first}-{wanted.last}:"{wanted.indent}"'
        for wanted in snippet.expectations
    ]
    return " ".join(parts)


@pytest.mark.parametrize("case", cases("collect"), ids=lambda case: case["name"])
def test_page(case: dict[str, Any], tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, {PAGE: case["page"]})
    found = collect(lesson)
    snippets = [snippet for page in found.pages for snippet in page.snippets]
    assert sorted(map(described, snippets)) == sorted(case["blocks"])
    said = case.get("says", [])
    assert [str(problem) for problem in sorted(found.problems)] == [f"{PAGE}:{text}" for text in said]
    if said:
        with pytest.raises(LessonError):
            collect_pages(lesson)
    else:
        assert collect_pages(lesson) == found.pages


def test_every_page_of_the_lesson(tmp_path: Path) -> None:
    """Home, set-up, episodes, pages for learners and instructors, profiles, stray pages; in this order."""
    code = "---\ntitle: A\n---\n\n```python\n1\n```\n"
    paths = [
        "index.md", "learners/setup.md", "episodes/one.md", "episodes/two.md", "learners/reference.md",
        "instructors/instructor-notes.md", "instructors/more.md", "profiles/ana.md", "CODE_OF_CONDUCT.md",
    ]  # fmt: skip
    lesson = lesson_of(tmp_path, dict.fromkeys(paths, code))
    assert [page.path for page in collect_pages(lesson)] == paths


def test_a_page_whose_form_is_broken(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, {PAGE: "::: callout\n\n```python\n1\n```\n"})
    with pytest.raises(LessonError, match=r"one\.md:1: this fenced div is never closed"):
        collect_pages(lesson)


def test_fingerprint(tmp_path: Path) -> None:
    """It is of the code and what is said about it, wherever on the page that stands."""

    def fingerprint(name: str, text: str) -> str:
        return collect_pages(lesson_of(tmp_path / name, {PAGE: text}))[0].fingerprint

    code = "```python\n1\n```\n\n```output\n1\n```\n"
    first = fingerprint("a", code)
    assert fingerprint("b", f"More text.\n\n{code}\nAnd more.\n") == first
    assert fingerprint("c", f"<!-- timeout: 3 -->\n{code}") == first
    others = [code.replace("1", "2", 1), code.replace("1\n```\n\n```o", "1\n```\n\n```warning\n2\n```\n```o")]
    others += [f"<!-- {words} -->\n{code}" for words in ("skip: a", "tolerance: 0.1")]
    others.append(code.replace("output\n1", "output\n3"))
    assert len({first, *(fingerprint(str(number), other) for number, other in enumerate(others))}) == 6


def test_silence(tmp_path: Path) -> None:
    """A lesson that shows code and runs none has made a mistake; one without code has not."""
    shown = collect(lesson_of(tmp_path / "a", {PAGE: "Text.\n\n```pyhton\n1\n```\n"}))
    assert str(shown.silence) == (
        "episodes/one.md:3: the lesson shows code, but none of it as Python or shell. "
        "Name the language after the fence: ```python or ```bash."
    )
    assert collect(lesson_of(tmp_path / "b", {PAGE: "Text.\n\n```output\n1\n```\n"})).silence is None
