"""`spokeshave check`: what it prints in each form, and its exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from spokeshave.cli import main
from tests.spokeshave.snippets.pages import PAGE, write_lesson

_WRONG = "[a](two.md)\n\n[here, 100%](https://example.org)\n\n<!-- allow contraction: a title -->\nIt's [this](#).\n"
_MISSING = "is no page and no file of the site"
_FIX = "Name a page by its file (`setup.md`), another file by its path from the folder (`data/x.csv`)"
_SHORT = (
    "the text of the link to two.md is too short to be read out or hit. Say in a few words where it leads."
)
_VAGUE = (
    "the link text “this” does not say where it leads. "
    "Let the link be the name of what it leads to: many readers hear links without the text around."
)
_UNUSED = "no page shows this image. Show it, or remove the file."
_SOUND = {
    PAGE: """---
title: One
teaching: 5
exercises: 5
---

::: questions
- Why?
:::

::: objectives
- Say why.
:::

::: discussion
Why?
:::

::: keypoints
- So.
:::
""",
    **{
        f"{folder}/a{number}.md": "---\ntitle: A\n---\n\nText.\n"
        for number, folder in enumerate(["learners", "profiles"])
    },
    "instructors/instructor-notes.md": "---\ntitle: A\n---\n\nText.\n",
    "index.md": "---\ntitle: Home\n---\n\nText.\n",
}


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["check", *arguments], catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    return str(write_lesson(tmp_path, {**_SOUND, PAGE: _SOUND[PAGE] + "\n" + _WRONG}))


def test_a_sound_lesson(tmp_path: Path) -> None:
    """Nothing on standard output, as a real process."""
    write_lesson(tmp_path, _SOUND)
    command = [sys.executable, "-m", "spokeshave", "check", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "check: 5 pages, 0 errors, 0 warnings, 0 allowed\n"


def test_warnings_alone_are_no_failure(tmp_path: Path) -> None:
    write_lesson(tmp_path, {**_SOUND, PAGE: _SOUND[PAGE] + "\nIt's so.\n"})
    code, output, _ = run(str(tmp_path))
    assert code == 0
    assert output == (
        f"{PAGE}:23:1: warning: “It's” is a contraction, which is harder to read in a second language. "
        "Write the words in full. [contraction]\n"
    )


def test_text(wrong: str) -> None:
    code, output, errors = run(wrong)
    assert code == 1
    assert output.splitlines() == [
        f"{PAGE}:23:1: error: two.md {_MISSING}. {_FIX}. [missing-file]",
        f"{PAGE}:23:1: warning: {_SHORT} [short-link]",
        f"{PAGE}:28:6: warning: {_VAGUE} [vague-link]",
    ]
    assert errors == "check: 5 pages, 1 error, 2 warnings, 1 allowed\n"


def test_json(wrong: str) -> None:
    code, output, _ = run(wrong, "--format", "json")
    assert code == 1
    told = json.loads(output)
    assert told["findings"][0] == {
        "path": PAGE,
        "line": 23,
        "column": 1,
        "rule": "missing-file",
        "message": "two.md is no page and no file of the site",
        "fix": _FIX,
        "severity": "error",
    }
    assert [one["rule"] for one in told["findings"]] == ["missing-file", "short-link", "vague-link"]
    assert [(one["rule"], one["reason"]) for one in told["allowed"]] == [("contraction", "a title")]


def test_github(tmp_path: Path) -> None:
    """What has a meaning in these commands is written in their way."""
    text = _SOUND[PAGE] + "\n[100%](two,a:b.md)\n"
    files = {**_SOUND, PAGE: text, "episodes/fig/a,b.png": ""}
    code, output, _ = run(str(write_lesson(tmp_path, files)), "--format", "github")
    assert code == 1
    assert output.splitlines() == [
        f"::warning file=episodes/fig/a%2Cb.png,title=unused-image::{_UNUSED}",
        f"::error file={PAGE},line=23,col=1,title=missing-file::two,a:b.md {_MISSING}. {_FIX}.",
    ]


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_a_lesson_that_cannot_be_read(form: str, tmp_path: Path) -> None:
    """Every reason is told in the form that was asked for."""
    write_lesson(tmp_path, {"config.yaml": "title: [\n", PAGE: "Text."})
    code, output, errors = run(str(tmp_path), "--format", form)
    assert code == 1
    assert "this is not valid YAML" in output
    assert errors == "check: 0 pages, 1 error, 0 warnings, 0 allowed\n"


def test_a_lesson_that_does_not_build_is_checked_all_the_same(tmp_path: Path) -> None:
    write_lesson(tmp_path, {**_SOUND, PAGE: "It's so.\n\n::: callout\n"})
    code, output, _ = run(str(tmp_path))
    assert code == 1
    assert "[broken]" in output
    assert "[contraction]" in output
