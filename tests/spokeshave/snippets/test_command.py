"""`spokeshave snippets`; as a process of its own where that could matter, since that takes longer."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from spokeshave.cli import main
from tests.spokeshave.snippets.pages import write_lesson

_GOOD = "```python\nprint(6 * 7)\n```\n\n```output\n42\n```\n"
_TWO = f"{_GOOD}\n<!-- skip: a reason -->\n```python\nx\n```\n\n<!-- skip: a reason -->\n```bash\nx\n```\n"
_BAD = "```python\nx\n```\n\n```python\ny\n```\n"


@dataclass(frozen=True)
class Done:
    exit: int
    output: str
    errors: str


def spokeshave(*arguments: str | Path) -> Done:
    done = CliRunner().invoke(main, ["snippets", *map(str, arguments)])
    return Done(done.exit_code, done.stdout, done.stderr)


def process(*arguments: str | Path) -> Done:
    command = [sys.executable, "-m", "spokeshave", "snippets", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return Done(done.returncode, done.stdout, done.stderr)


def test_all_is_well(tmp_path: Path) -> None:
    write_lesson(tmp_path, {"episodes/one.md": _TWO, "learners/setup.md": _GOOD})
    done = process(tmp_path)
    lines = done.output.splitlines()
    assert [line.partition(" (")[0] for line in lines[:2]] == [
        "learners/setup.md: 1 passed",
        "episodes/one.md: 1 passed, 2 skipped",
    ]
    assert lines[2:] == ["2 run, 2 skipped (2 × a reason), 2 output fences checked"]
    assert (done.exit, done.errors) == (0, "")
    again = spokeshave(tmp_path).output.splitlines()
    assert [line.partition(" (")[0] for line in again] == [line.partition(" (")[0] for line in lines]


def test_failures(tmp_path: Path) -> None:
    write_lesson(tmp_path, {"episodes/one.md": _BAD, "episodes/two.md": _GOOD})
    done = spokeshave(tmp_path)
    assert done.exit == 1
    assert "episodes/one.md:2: NameError: name 'x' is not defined\n\n> 2 | x\n\nTraceback" in done.output
    assert done.output.endswith("2 run, 0 skipped, 1 output fence checked, 1 failed, 1 not run\n")


def test_every_block_is_named(tmp_path: Path) -> None:
    warns = "```python\nimport warnings\nwarnings.warn('old')\nprint(1)\n```\n"
    write_lesson(tmp_path, {"episodes/one.md": _TWO, "episodes/two.md": warns})
    notes = "what it prints is not on the page; it warns: UserWarning: old"
    lines = [line for line in spokeshave("-v", tmp_path).output.splitlines() if line.startswith("  ")]
    assert lines == [
        "  episodes/one.md:1 python passed",
        "  episodes/one.md:10 python skipped: a reason",
        "  episodes/one.md:15 shell skipped: a reason",
        f"  episodes/two.md:1 python passed: {notes}",
    ]


def test_some_pages(tmp_path: Path) -> None:
    """Only these are run, and only their mistakes are told."""
    files = {
        "episodes/one.md": _BAD,
        "episodes/two.md": _GOOD,
        "episodes/three.md": "<!-- skip: -->\n" + _GOOD,
    }
    write_lesson(tmp_path, files)
    done = spokeshave(tmp_path, "episodes/two.md")
    assert (done.exit, done.output.splitlines()[-1]) == (0, "1 run, 0 skipped, 1 output fence checked")
    wrong = spokeshave(tmp_path, "episodes/four.md", "episodes/three.md", "learners/setup.md")
    none = "this is no page with Python or shell blocks. Choose from"
    known = ", ".join(sorted(files))
    empty = [line for line in wrong.errors.splitlines() if "three.md:" in line]
    assert (wrong.exit, wrong.output, len(empty)) == (1, "", 1)
    assert wrong.errors.splitlines() == [
        f"error: episodes/four.md: {none} {known}.",
        *empty,
        f"error: learners/setup.md: {none} {known}.",
    ]


def test_a_record_is_of_all_pages(tmp_path: Path) -> None:
    """One of some pages would take from the others what they say of their code."""
    write_lesson(tmp_path, {"episodes/one.md": _GOOD, "episodes/two.md": _GOOD})
    assert spokeshave(tmp_path, "--record").exit == 0
    before = (tmp_path / "site/snippets.json").read_bytes()
    done = spokeshave(tmp_path, "episodes/one.md", "--record")
    assert (done.exit, (tmp_path / "site/snippets.json").read_bytes()) == (2, before)
    assert "leave PAGES out" in done.errors


def test_mistakes_stop_the_run(tmp_path: Path) -> None:
    write_lesson(tmp_path, {"episodes/one.md": "```python\n%%time\n```\n", "episodes/two.md": _GOOD})
    done = process(tmp_path)
    assert spokeshave(tmp_path) == done
    fix = "Take the difference of two calls of time.perf_counter()"
    assert (done.exit, done.output) == (1, "")
    assert done.errors == f"error: episodes/one.md:2: `%%time` works in notebooks only. {fix}.\n"


def test_silence_is_no_success(tmp_path: Path) -> None:
    """Code in another language alone is an error; no code at all is none."""
    write_lesson(tmp_path / "a", {"episodes/one.md": "```r\n1\n```\n"})
    done = spokeshave(tmp_path / "a")
    assert done.exit == 1
    assert "episodes/one.md:1: the lesson shows code, but none of it as Python or shell" in done.errors
    write_lesson(tmp_path / "b", {"episodes/one.md": "Text.\n"})
    assert spokeshave(tmp_path / "b") == Done(0, "0 run, 0 skipped, 0 output fences checked\n", "")


def test_counts(tmp_path: Path) -> None:
    write_lesson(tmp_path, {"episodes/one.md": _TWO, "episodes/two.md": _GOOD})
    counts = tmp_path / "counts.yaml"
    first, second = "episodes/one.md: {run: 1, skipped: 2}", "episodes/two.md: {run: 1, skipped: 0}"
    meant = "are written here. If that is meant"
    counts.write_text(f"{first}\n{second}\n")
    assert spokeshave(tmp_path, "--counts", counts).exit == 0
    counts.write_text("episodes/one.md: {run: 2, skipped: 1}\nepisodes/three.md: {run: 1, skipped: 0}\n")
    done = spokeshave(tmp_path, "--counts", counts)
    assert done.exit == 1
    assert [line.removeprefix(f"error: {counts}: ") for line in done.errors.splitlines()] == [
        f"episodes/one.md has 1 run and 2 skipped, but 2 run and 1 skipped {meant}, write `{first}`.",
        f"episodes/three.md has no blocks, but 1 run and 0 skipped {meant}, remove its line.",
        f"episodes/two.md has 1 run and 0 skipped, but no blocks {meant}, write `{second}`.",
    ]
    assert spokeshave(tmp_path, "--counts", counts, "episodes/two.md").errors.count("error:") == 1


@pytest.mark.parametrize("text", ["a: [", "- a", "a: {run: 1}", "a: 3", None])
def test_counts_that_are_none(text: str | None, tmp_path: Path) -> None:
    write_lesson(tmp_path, {"episodes/one.md": _GOOD})
    counts = tmp_path / "counts.yaml"
    if text is not None:
        counts.write_text(text)
    done = spokeshave(tmp_path, "--counts", counts)
    assert done.exit == 1
    assert done.errors.startswith(f"error: {counts}: the")
    fix = "Write a line for each page, such as `episodes/one.md: {run: 2, skipped: 0}`."
    assert done.errors.endswith(f" {fix}\n")


def test_json(tmp_path: Path) -> None:
    """Results, environment and versions."""
    write_lesson(tmp_path, {"episodes/one.md": _TWO})
    file = tmp_path / "new" / "folder" / "results.json"
    assert spokeshave(tmp_path, "--json", file).exit == 0
    text = file.read_text(encoding="utf-8")
    results = json.loads(text)
    assert text == json.dumps(results, indent=2) + "\n"
    assert set(results) == {"date", "environment", "pages"}
    (page,) = results["pages"]
    assert page["path"] == "episodes/one.md"
    assert list(page["versions"]) == ["Python"]
    blocks = [(block["line"], block["status"], block["stdout"]) for block in page["blocks"]]
    assert blocks == [(1, "passed", "42\n"), (10, "skipped", ""), (15, "skipped", "")]


def test_json_that_cannot_be_written(tmp_path: Path) -> None:
    write_lesson(tmp_path, {"episodes/one.md": _GOOD})
    file = tmp_path / "config.yaml" / "results.json"
    done = spokeshave(tmp_path, "--json", file)
    reason = "the file cannot be written (File exists). Check space and rights."
    assert (done.exit, done.errors) == (1, f"error: {file}: {reason}\n")


def test_limits(tmp_path: Path) -> None:
    """Time and memory can be given."""
    write_lesson(tmp_path, {"episodes/one.md": "```python\nimport time; time.sleep(60)\n```\n"})
    assert "one.md:2: it took longer than 0.5 s" in spokeshave(tmp_path, "--timeout", "0.5").output
    write_lesson(tmp_path, {"episodes/one.md": "```python\nx = bytearray(2**30)\n```\n"})
    assert "one.md:2: MemoryError" in spokeshave(tmp_path, "--memory", "0.5").output


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=lambda how: how.name)
def test_ended_from_outside(how: signal.Signals, tmp_path: Path) -> None:
    """The run ends at once, and with it the programs that it started."""
    started = tmp_path / "started"
    code = f"```bash\necho $PPID > {started}\nsleep 60\n```\n"
    write_lesson(tmp_path, {"episodes/one.md": code})
    command = [sys.executable, "-m", "spokeshave", "snippets", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    begun = time.monotonic()
    while not started.exists():
        assert time.monotonic() - begun < 30
        time.sleep(0.05)
    process.send_signal(how)
    output, _ = process.communicate(timeout=20)
    assert process.returncode == 1
    assert output.strip() == "Aborted!"
    with pytest.raises(ProcessLookupError):
        os.kill(int(started.read_text()), 0)
