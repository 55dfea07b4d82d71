"""Pages in real processes: `cases/run.yaml`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from spokeshave.snippets.collect import collect_pages
from spokeshave.snippets.report import failure_text
from spokeshave.snippets.run import PageRun, run_pages
from spokeshave.snippets.snippet import Outcome
from tests.spokeshave.snippets.pages import PAGE, cases, lesson_of


def described(outcome: Outcome) -> str:
    """`line status`, where it failed, and the first line of the reason."""
    place = f" at {outcome.line}" if outcome.status == "failed" and outcome.line else ""
    reason = outcome.reason.split("\n")[0]
    return f"{outcome.snippet.line} {outcome.status}{place}" + (f": {reason}" if reason else "")


@pytest.mark.parametrize("case", cases("run"), ids=lambda case: case["name"])
def test_page(case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert case.keys() <= {"name", "page", "files", "environment", "says", "prints", "tells"}
    for name, value in case.get("environment", {}).items():
        monkeypatch.setenv(name, value)
    lesson = lesson_of(tmp_path, {PAGE: case["page"], **case.get("files", {})})
    (run,) = run_pages(lesson, collect_pages(lesson))
    assert [described(outcome) for outcome in run.outcomes] == case["says"]
    prints = {outcome.snippet.line: outcome.stdout for outcome in run.outcomes}
    assert {line: prints[line] for line in case.get("prints", {})} == case.get("prints", {})
    for text in case.get("tells", []):
        assert text in failure_text(next(o for o in run.outcomes if o.status == "failed"))
    for name, text in case.get("files", {}).items():
        assert (tmp_path / name).read_text(encoding="utf-8") == text, "the lesson itself was changed"


@pytest.mark.parametrize(
    "start",
    ["", pytest.param("setsid ", marks=pytest.mark.skipif(sys.platform != "linux", reason="Linux only"))],
)
def test_nothing_is_left(start: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder and no process, though the code started one, or a daemon, and its time ran out."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    code = f"{start}bash -c 'echo $$ > {tmp_path}/number; sleep 1000' &\nsleep 1000\n"
    lesson = lesson_of(tmp_path / "lesson", {PAGE: f"<!-- timeout: 2 -->\n```bash\n{code}```\n"})
    run_pages(lesson, collect_pages(lesson))
    assert list((tmp_path / "tmp").iterdir()) == []
    number = (tmp_path / "number").read_text().strip()
    until = time.monotonic() + 20  # on a busy machine, what was killed goes on for a moment
    while (state := _state(number)) not in ("", "Z"):
        assert time.monotonic() < until, f"the process lives: {state}"
        time.sleep(0.05)


def _state(process: str) -> str:
    """A letter, as `ps` has it; empty if there is no such process."""
    listed = subprocess.run(["ps", "-o", "stat=", "-p", process], capture_output=True, text=True, check=False)
    return listed.stdout.strip()[:1]


def test_what_is_no_file_of_the_lesson_is_left_out(tmp_path: Path) -> None:
    """Links to nothing, as git-annex leaves them, to folders and out of the lesson, pipes."""
    page = "```bash\nfind data -not -type d | sort\n```\n"
    lesson = lesson_of(tmp_path / "lesson", {PAGE: page, "episodes/data/a/one.csv": "1"})
    data = tmp_path / "lesson/episodes/data"
    (tmp_path / "outside.csv").write_text("2")
    (data / "two.csv").symlink_to("a/one.csv")
    (data / "nothing.csv").symlink_to("../../.git/annex/objects/x.csv")
    (data / "loop").symlink_to(".")
    (data / "outside.csv").symlink_to(tmp_path / "outside.csv")
    os.mkfifo(data / "pipe")
    (run,) = run_pages(lesson, collect_pages(lesson))
    assert run.outcomes[0].stdout.split() == ["data/a/one.csv", "data/two.csv"]


def test_pages_run_side_by_side(tmp_path: Path) -> None:
    """Two pages that wait for each other."""
    meeting = tmp_path / "meeting"
    meeting.mkdir()
    code = """```python
import pathlib, time
meeting = pathlib.Path("{meeting}")
(meeting / "{name}").touch()
while len(list(meeting.iterdir())) < 2:
    time.sleep(0.01)
```
"""
    pages = {f"episodes/{name}.md": code.format(meeting=meeting, name=name) for name in ("one", "two")}
    lesson = lesson_of(tmp_path / "lesson", pages)
    told: list[PageRun] = []
    runs = run_pages(lesson, collect_pages(lesson), jobs=2, show=told.append)
    assert [run.page.path for run in runs] == list(pages)
    assert list(runs) == told
    assert all(run.passed for run in runs)


def test_versions(tmp_path: Path) -> None:
    """Python's, and those of the libraries that the code imports; modules of the language have none."""
    page = "```python\nimport json, yaml\nfrom jinja2 import Template\n```\n"
    lesson = lesson_of(tmp_path, {PAGE: page})
    (run,) = run_pages(lesson, collect_pages(lesson))
    assert list(run.versions) == ["Python", "Jinja2", "PyYAML"]
