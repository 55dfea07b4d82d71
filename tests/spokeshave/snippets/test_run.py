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


@pytest.mark.parametrize("jobs", [2, None])
def test_pages_run_side_by_side(jobs: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pages that wait for each other: as many as are wished for, or as there are cores."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
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
    runs = run_pages(lesson, collect_pages(lesson), jobs=jobs, show=told.append)
    assert [run.page.path for run in runs] == list(pages)
    assert list(runs) == told
    assert all(run.passed for run in runs)


def test_pages_run_one_after_another(tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = f"```bash\necho begins >> {log}; sleep 0.3; echo ends >> {log}\n```\n"
    lesson = lesson_of(tmp_path / "lesson", {f"episodes/{name}.md": code for name in ("one", "two")})
    run_pages(lesson, collect_pages(lesson), jobs=1)
    assert log.read_text().split() == ["begins", "ends"] * 2


def test_stopping_ends_what_runs(tmp_path: Path) -> None:
    """Here somebody presses Ctrl-C when the first of three pages is done. A later run is not stopped by that."""
    began = tmp_path / "began"
    code = {"a": "true", "b": f"touch {began}; sleep 1000", "c": f"touch {began}-third"}
    pages = {f"episodes/{name}.md": f"```bash\n{text}\n```\n" for name, text in code.items()}
    lesson = lesson_of(tmp_path / "lesson", pages)

    def show(_: PageRun) -> None:
        while not began.exists():
            time.sleep(0.01)
        raise KeyboardInterrupt

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run_pages(lesson, collect_pages(lesson), jobs=1, show=show)
    assert time.monotonic() - begun < 30, "its time is 60 seconds"
    assert not (tmp_path / "began-third").exists()
    lesson = lesson_of(tmp_path / "other", {PAGE: "```python\n1\n```\n"})
    assert run_pages(lesson, collect_pages(lesson))[0].passed


def test_time_is_that_of_the_block(tmp_path: Path) -> None:
    begun = time.monotonic()
    lesson = lesson_of(tmp_path, {PAGE: "<!-- timeout: 0.5 -->\n```bash\nsleep 1000\n```\n"})
    run_pages(lesson, collect_pages(lesson))
    assert time.monotonic() - begun < 30, "usual are 60 seconds"


def test_a_program_that_cannot_begin_says_why(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, {PAGE: "```python\n1\n```\n"})
    (run,) = run_pages(lesson, collect_pages(lesson), memory=1)
    assert [described(outcome) for outcome in run.outcomes] == [
        "1 failed: the whole Python process ended with exit code 1"
    ]
    assert "MemoryError" in run.outcomes[0].stderr


def test_code_is_not_given_what_is_typed(tmp_path: Path) -> None:
    """The standard input of the command is not that of the code."""
    (tmp_path / "typed").write_text("a name\n")
    lesson = lesson_of(tmp_path / "lesson", {PAGE: "```python\ninput()\n```\n```error\nEOFError: ...\n```\n"})
    usual = os.dup(0)
    typed = os.open(tmp_path / "typed", os.O_RDONLY)
    os.dup2(typed, 0)
    try:
        (run,) = run_pages(lesson, collect_pages(lesson))
    finally:
        os.dup2(usual, 0)
        os.close(usual)
        os.close(typed)
    assert run.passed


def test_versions(tmp_path: Path) -> None:
    """Python's, and those of the libraries that the code imports; modules of the language have none."""
    page = "```python\nimport json, yaml\nfrom jinja2 import Template\n```\n"
    lesson = lesson_of(tmp_path, {PAGE: page})
    (run,) = run_pages(lesson, collect_pages(lesson))
    assert list(run.versions) == ["Python", "Jinja2", "PyYAML"]
