"""What is made of what a page's process says, and of its end. Whole runs: `cases/run.yaml`."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from spokeshave.problems import LessonError
from spokeshave.snippets import process
from spokeshave.snippets.collect import collect_pages
from spokeshave.snippets.process import (
    DEFAULT_MEMORY,
    STOP,
    _end,
    _outcome,
    _signal_name,
    _stack,
    run_program,
)
from spokeshave.snippets.run import run_pages
from tests.spokeshave.snippets.pages import PAGE, lesson_of

_SAID: dict[str, Any] = {
    "stdout": "out",
    "stderr": "err",
    "warnings": "warned",
    "error": "",
    "traceback": "",
    "line": 0,
    "figures": ["YQ==", "Yg=="],
    "seconds": 1.5,
    "at_home": [],
}
_FAILED = {"error": "KeyError: 1", "traceback": "Traceback\n", "line": 7}


@pytest.mark.parametrize(
    ("page", "said", "status", "reason"),
    [
        ("```python\n1\n```\n", {}, "passed", ""),
        ("```python\n1\n```\n", _FAILED, "failed", "KeyError: 1"),
        ("```python\n1\n```\n```error\nKeyError: 1\n```\n", _FAILED, "passed", ""),
        ("```python\n1\n```\n```output\n1\n```\n", _FAILED, "failed", "KeyError: 1"),
        ("```python\n1\n```\n", {"at_home": ["a"]}, "failed", "it wrote into the home folder: ~/a"),
        (
            "```python\n1\n```\n",
            {"at_home": ["a", "b/c", "d", "e"]},
            "failed",
            "it wrote into the home folder: ~/a, ~/b/c, ~/d",
        ),
        ("```python\n1\n```\n", {**_FAILED, "at_home": ["a"]}, "failed", "KeyError: 1"),
        ("<!-- home: shows it -->\n```python\n1\n```\n", {"at_home": ["a"]}, "passed", ""),
        (
            "```python\n1\n```\n```error\nKeyError: 1\n```\n",
            {**_FAILED, "at_home": ["a"]},
            "failed",
            "it wrote into the home folder: ~/a",
        ),
    ],
)
def test_outcome(page: str, said: dict[str, Any], status: str, reason: str, tmp_path: Path) -> None:
    (snippet,) = collect_pages(lesson_of(tmp_path, {PAGE: page}))[0].snippets
    outcome = _outcome(snippet, {**_SAID, **said})
    assert (outcome.snippet, outcome.status, outcome.reason) == (snippet, status, reason)
    assert (outcome.stdout, outcome.stderr, outcome.warnings) == ("out", "err", "warned")
    assert (outcome.figures, outcome.seconds) == ((b"a", b"b"), 1.5)
    assert outcome.error == said.get("error", "")
    assert outcome.traceback == said.get("traceback", "")
    assert outcome.line == said.get("line", 0)


@pytest.mark.parametrize(
    ("command", "end"),
    [
        ("exit 0", "ended with exit code 0"),
        ("exit 3", "ended with exit code 3"),
        ("kill -9 $$", "was killed by SIGKILL"),
        ("kill -1 $$", "was killed by SIGHUP"),
        ("sleep 0.5", "ended with exit code 0"),
        ("exec sleep 1000", "closed a file that was not its own"),
    ],
)
def test_end(command: str, end: str) -> None:
    with subprocess.Popen(["bash", "-c", command]) as started:
        assert _end(started) == end
        started.kill()


def test_signals_without_a_name() -> None:
    assert _signal_name(40) == "signal 40"


def test_no_page_is_run_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = collect_pages(lesson := lesson_of(tmp_path, {PAGE: "```python\n1\n```\n"}))
    with monkeypatch.context() as patch:
        patch.setattr(sys, "platform", "win32")
        with pytest.raises(LessonError) as error:
            run_pages(lesson, pages)
    assert [str(problem) for problem in error.value.problems] == [
        "spokeshave snippets: code runs on Linux and macOS only. Use the Windows Subsystem for Linux."
    ]


def test_where_the_code_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines of the page alone, outermost first, as a traceback has them, and without waiting."""
    monkeypatch.setattr(process, "_GRACE_SECONDS", 60.0)
    begun = time.monotonic()
    file = tmp_path / "stack"
    file.write_text(
        "Current thread 0x1 (most recent call first):\n"
        f'  File "{PAGE}", line 3 in wait\n'
        '  File "/usr/lib/library.py", line 9 in call\n'
        f'  File "{PAGE}", line 12 in <module>\n'
        '  File "episodes/one_md", line 4 in <module>\n'
        '  File "<frozen runpy>", line 198 in _run_module_as_main\n'
    )
    lines = f'  File "{PAGE}", line 12, in <module>\n  File "{PAGE}", line 3, in wait\n'
    assert _stack(file, PAGE) == lines
    assert time.monotonic() - begun < 60


def test_the_last_block_ends_the_process(tmp_path: Path) -> None:
    page = "```python\n1\n```\n```python\nimport os\nos._exit(3)\n```\n"
    lesson = lesson_of(tmp_path, {PAGE: page})
    snippets = collect_pages(lesson)[0].snippets
    first, last = run_program(lesson.root, PAGE, snippets, DEFAULT_MEMORY).outcomes
    assert (first.status, last.status) == ("passed", "failed")
    assert (last.snippet, last.traceback) == (snippets[1], "")
    assert last.reason == "the whole Python process ended with exit code 3"


def test_stopped(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, {PAGE: "```python\n1\n```\n"})
    STOP.set()
    try:
        run = run_program(lesson.root, PAGE, collect_pages(lesson)[0].snippets, DEFAULT_MEMORY)
    finally:
        STOP.clear()
    assert [outcome.reason for outcome in run.outcomes] == ["not run: stopped"]


def test_where_the_code_is_takes_its_time(tmp_path: Path) -> None:
    """It is waited for, but not for ever."""
    begun = time.monotonic()
    assert _stack(tmp_path / "not there", PAGE) == ""
    assert 2 <= time.monotonic() - begun < 30
    file = tmp_path / "stack"
    late = f'sleep 0.3; echo "  File \\"{PAGE}\\", line 3 in wait" > stack; echo _run_module_as_main >> stack'
    with subprocess.Popen(["bash", "-c", late], cwd=tmp_path):
        assert _stack(file, PAGE) == f'  File "{PAGE}", line 3, in wait\n'
