"""How the command begins and ends."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.spokeshave.serve.previews import GUARD, preview, write_by_rename
from tests.spokeshave.sites import copy_lesson


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(tmp_path: Path, number: int) -> None:
    """With a browser that listens: its stream ends, no temporary file stays."""
    with preview(copy_lesson("tiny", tmp_path / "lesson"), tmp_path / "temporary") as running:
        with running.events("/") as events:
            assert next(events).problems == []
            exit_code, errors = running.end(number)
            assert list(events) == []
        assert (exit_code, "Traceback" in errors) == (0, False), errors
        assert list(running.temporary.iterdir()) == []


def test_a_lesson_that_cannot_be_built_at_first_is_shown_once_it_can(tmp_path: Path) -> None:
    root = copy_lesson("tiny", tmp_path / "lesson")
    home = (root / "index.md").read_text(encoding="utf-8")
    (root / "index.md").unlink()
    with preview(root, tmp_path / "temporary") as running, running.events("/") as events:
        answer, text = running.ask("/")
        assert (answer.status, "_preview/reload.js" in text) == (503, True)
        assert next(events).problems[0].startswith("index.md: ")
        write_by_rename(root / "index.md", home)
        assert next(events).problems == []
        assert running.ask("/")[0].status == 200
        assert "error: index.md: the lesson has no home page" in running.end(signal.SIGINT)[1]


def test_a_taken_port_is_told_with_what_to_do(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "spokeshave", "serve", str(tmp_path), "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=GUARD)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"error: 127.0.0.1:{port}: the preview cannot answer here (")
    assert done.stderr.endswith("Name another one with --port, or leave --port out for the next free one.\n")
