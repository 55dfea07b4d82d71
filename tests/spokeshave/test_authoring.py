"""`spokeshave new`, `move` and `rename`, case by case: `authoring.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from spokeshave.authoring.changes import Change, write_changes
from spokeshave.authoring.rename import rename
from spokeshave.cli import main
from spokeshave.problems import LessonError
from spokeshave.reader import read_lesson
from tests.spokeshave.sites import snapshot
from tests.spokeshave.test_errors import run as build
from tests.spokeshave.test_errors import write_lesson

_CASES = yaml.safe_load((Path(__file__).parent / "authoring.yaml").read_text(encoding="utf-8"))
_KEYS = {"name", "run", "files", "edit", "exit", "says", "after", "holds"}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in _CASES])
def test_authoring(case: dict[str, Any], tmp_path: Path) -> None:
    """These messages, these files and no others changed; the lesson still builds without a warning."""
    assert case.keys() <= _KEYS
    lesson = tmp_path / "lesson"
    write_lesson(lesson, case)
    before = snapshot(lesson)
    result = CliRunner().invoke(main, [*case["run"], str(lesson)], catch_exceptions=False)
    assert result.output.splitlines() == case["says"]
    assert result.exit_code == case.get("exit", 0)
    after = snapshot(lesson)
    whole = {name: None if text is None else text.encode() for name, text in case.get("after", {}).items()}
    changed = {
        name: after.get(name) for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    }
    assert changed.keys() == whole.keys() | case.get("holds", {}).keys()
    assert {name: changed[name] for name in whole} == whole
    for name, text in case.get("holds", {}).items():
        assert text in (changed[name] or b"").decode()
    if result.exit_code == 0:
        done = build(lesson, tmp_path / "docs")
        assert (done.exit, done.says) == (0, [])


def test_what_was_written_is_taken_back(tmp_path: Path) -> None:
    """The second file cannot be written, since its folder is a file: the first is as it was."""
    (tmp_path / "one.md").write_bytes(b"one")
    (tmp_path / "file").write_bytes(b"in the way")
    changes = [Change("one.md", b"one", b"two"), Change("file/two.md", None, b"two")]
    with pytest.raises(
        LessonError, match=r"^file/two.md: the file cannot be written \(.*; nothing was changed\. "
    ):
        write_changes(tmp_path, changes)
    assert snapshot(tmp_path) == {"one.md": b"one", "file": b"in the way"}


def test_a_file_that_changed_in_the_meantime_is_left(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_bytes(b"newer")
    with pytest.raises(
        LessonError, match=r"^one.md: the file was changed in the meantime\. Run the command again\.$"
    ):
        write_changes(tmp_path, [Change("one.md", b"one", b"two")])
    assert snapshot(tmp_path) == {"one.md": b"newer"}


def test_a_new_episode_is_a_whole_one(tmp_path: Path) -> None:
    """It has what every episode of a lesson has: the reader finds nothing to warn of."""
    write_lesson(tmp_path / "lesson", {})
    for title in ("Third", "Fourth"):
        assert CliRunner().invoke(main, ["new", "episode", title, str(tmp_path / "lesson")]).exit_code == 0
    reading = read_lesson(tmp_path / "lesson")
    assert [page.title for page in reading.lesson.episodes] == ["First", "Second", "Third", "Fourth"]
    assert [page.minutes for page in reading.lesson.episodes][2:] == [15, 15]
    assert reading.warnings == ()


def test_a_renaming_changes_nothing_outside_the_lesson(tmp_path: Path) -> None:
    """A file behind a link keeps its links; one without an end is not read."""
    write_lesson(tmp_path / "lesson", {})
    outside = tmp_path / "outside.md"
    outside.write_text("[First](01-first.md) [first](episodes/01-first.md)\n")
    before = outside.read_bytes()
    for name, target in {"README.md": "../outside.md", "CONTRIBUTING.md": "/dev/zero"}.items():
        place = tmp_path / "lesson" / name
        place.unlink(missing_ok=True)
        place.symlink_to(target)
    rename(tmp_path / "lesson", "episodes/01-first.md", "01-one.md")
    assert outside.read_bytes() == before
    assert (tmp_path / "lesson/episodes/01-one.md").is_file()
