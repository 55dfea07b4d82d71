"""A disk that is full, and one that cannot be written: one clear message, and all that was there stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from spokeshave.cli import main
from tests.disks import leave_room, mounted, read_only
from tests.spokeshave.faults.two_lessons import beside, both_sites, build, which
from tests.spokeshave.sites import copy_lesson, snapshot

_PAGE = 4096
_ROOMS = (0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 120, 144, 160, 180, 200, 220, 233)
"""Free pages of the disk. Each lets the work fail in another of its steps; with the last it may be done."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "disk", megabytes=8) as place:
        yield place


def run(*arguments: object) -> tuple[int, list[str]]:
    """Exit code and messages of a command, run in this process: what it does not catch is raised."""
    done = CliRunner().invoke(main, [str(one) for one in arguments], catch_exceptions=False)
    return done.exit_code, [line for line in done.stderr.splitlines() if not line.startswith("Built ")]


def test_a_build_on_a_full_disk(disk: Path, tmp_path: Path) -> None:
    (tmp_path / "lessons").mkdir()
    lessons, sites = both_sites(tmp_path / "lessons")
    target = disk / "served/docs"
    assert run("build", lessons["A"], "--to", target) == (0, [])
    refused = 0
    for room in _ROOMS:
        leave_room(disk, room * _PAGE)
        exit_code, says = run("build", lessons["B"], "--to", target)
        assert beside(target) == []
        if not exit_code:
            assert which(target, sites) == "B"
            break
        refused += 1
        assert which(target, sites) == "A"
        assert len(says) == 1
        assert says[0].startswith(f"error: {disk}/")
        assert says[0].endswith(
            "the site cannot be written here (No space left on device). Check space and rights, or use --to."
        )
    assert refused > 10
    (disk / "balloon").unlink()
    assert run("build", lessons["B"], "--to", target) == (0, [])
    assert which(target, sites) == "B"


def test_a_build_that_cannot_write(disk: Path, tmp_path: Path) -> None:
    """As real processes: the site is there and stays, or there is none yet."""
    (tmp_path / "lessons").mkdir()
    lessons, sites = both_sites(tmp_path / "lessons")
    assert run("build", lessons["A"], "--to", disk / "docs") == (0, [])
    with read_only(disk):
        for target in (disk / "docs", disk / "new/docs"):
            done = build(lessons["B"], target)
            assert (done.returncode, done.stdout) == (1, "")
            assert done.stderr.startswith(f"error: {disk}/")
            assert "the site cannot be written here (Read-only file system)." in done.stderr
            assert done.stderr.count("\n") == 1
        assert which(disk / "docs", sites) == "A"
        assert beside(disk / "docs") == []


def test_a_lesson_that_cannot_be_written_is_read(disk: Path, tmp_path: Path) -> None:
    """It is built elsewhere; what would be written into it is told to be impossible."""
    lesson = copy_lesson("tiny", disk / "lesson")
    with (lesson / "episodes/01-first.md").open("a", encoding="utf-8") as page:
        page.write("\n```python\nprint(1)\n```\n")
    before = snapshot(lesson)
    with read_only(disk):
        assert run("build", lesson, "--to", tmp_path / "docs") == (0, [])
        assert run("check", lesson)[0] == 0
        for command in (
            ["build", lesson],
            ["new", "episode", "Sowing", lesson],
            ["rename", "02-second.md", "02-last.md", lesson],
            ["move", "02-second.md", "1", lesson],
            ["notebooks", lesson],
            ["snippets", lesson, "--record"],
            ["snippets", lesson, "--json", disk / "results.json"],
        ):
            exit_code, says = run(*command)
            errors = [line for line in says if line.startswith("error: ")]
            assert (exit_code, len(errors)) == (1, 1), (command, says)
            assert "cannot be written" in errors[0]
            assert "(Read-only file system" in errors[0]
    assert snapshot(lesson) == before


def test_a_renaming_on_a_full_disk(disk: Path) -> None:
    """Links to the page are on many pages: all of them are changed, or none."""
    lesson = copy_lesson("tiny", disk / "lesson")
    for number in range(12):
        page = lesson / f"learners/page-{number:02}.md"
        page.parent.mkdir(exist_ok=True)
        text = f"---\ntitle: Page {number}\n---\n\n[Second](../episodes/02-second.md)\n"
        page.write_text(text + "A seed waits.\n" * 400, encoding="utf-8")
    before = snapshot(lesson)
    refused = 0
    for room in range(0, 60, 3):
        leave_room(disk, room * _PAGE)
        exit_code, says = run("rename", "02-second.md", "02-last.md", lesson)
        if not exit_code:
            break
        refused += 1
        assert says[0].endswith("(No space left on device); nothing was changed. Check space and rights."), (
            says
        )
        assert snapshot(lesson) == before
    assert refused > 5
    assert exit_code == 0
    assert (lesson / "episodes/02-last.md").is_file()
