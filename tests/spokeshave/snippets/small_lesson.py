"""Lessons of one episode, made for one test each, and runs of them that are made by hand."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from spokeshave.lesson import Lesson
from spokeshave.reader import read_lesson
from spokeshave.snippets.collect import collect_pages
from spokeshave.snippets.compare import judge
from spokeshave.snippets.run import PageRun
from spokeshave.snippets.snippet import Outcome

EPISODE = "episodes/one.md"
HEAD = b"---\ntitle: 'One'\nteaching: 1\nexercises: 1\n---\n\n"


def make_lesson(root: Path, episode: bytes, *, language: str = "en", commit: bool = True) -> Path:
    """A lesson whose one episode is `episode`, after a front matter."""
    (root / "episodes").mkdir(parents=True)
    (root / "config.yaml").write_text(
        f"title: 'Small'\nsource: 'https://github.com/example-org/small'\nlang: '{language}'\n",
        encoding="utf-8",
    )
    (root / "index.md").write_text("A lesson.\n", encoding="utf-8")
    (root / EPISODE).write_bytes(episode if episode.startswith(b"\xef\xbb\xbf") else HEAD + episode)
    if commit:
        git(root, "init", "-q")
        git(root, "add", "-A")
        git(root, "commit", "-q", "--no-gpg-sign", "-m", "One")
    return root


def git(root: Path, *command: str) -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", "-C", str(root), *identity, *command], env=environment, check=True)


def read(root: Path) -> Lesson:
    return read_lesson(root).lesson


def run_by_hand(lesson: Lesson, results: Sequence[dict[str, object]]) -> tuple[PageRun, ...]:
    """The runs of the pages with code, as if their blocks had done `results` one after another."""
    pages = collect_pages(lesson)
    outcomes = []
    snippets = [snippet for page in pages for snippet in page.snippets]
    for snippet, result in zip(snippets, results, strict=True):
        outcome = Outcome(snippet, "skipped" if snippet.skip else "passed")
        outcomes.append(judge(replace(outcome, **result), lesson.root))  # type: ignore[arg-type]
    return tuple(
        PageRun(
            page,
            tuple(outcome for outcome in outcomes if outcome.snippet.path == page.path),
            {"Python": "3.13.1", "numpy": "2.4.6"},
        )
        for page in pages
    )
