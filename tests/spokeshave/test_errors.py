"""What the command says about a lesson that is wrong, case by case: `errors/*.yaml`.

A case is a difference from the lesson `lessons/tiny`: `files` are written (`null`: removed), in
`edit` one text of a file is replaced by another, `latin` holds files in Latin-1. `says` is every
message that is expected, `exit` the command's exit code, `built` a text that a file of the site holds.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from spokeshave.cli import main
from tests.spokeshave.sites import LESSONS, snapshot

_CASES = Path(__file__).parent / "errors"
_ALL = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(_CASES.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
_KEYS = {"name", "files", "edit", "latin", "process", "exit", "says", "built"}
Case = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """What one run of the command said and returned."""

    exit: int
    says: list[str]
    output: str


def run(lesson: Path, target: Path, *, process: bool = False) -> Run:
    """Build `lesson`, in a process of its own or in this one."""
    arguments = ["build", str(lesson), "--to", str(target)]
    if process:
        command = [sys.executable, "-m", "spokeshave", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        code, output, errors = done.returncode, done.stdout, done.stderr
    else:
        result = CliRunner().invoke(main, arguments, catch_exceptions=False)
        code, output, errors = result.exit_code, result.stdout, result.stderr
    lines = errors.splitlines()
    return Run(code, [line for line in lines if not line.startswith("Built ")], output)


def write_lesson(root: Path, case: Case) -> None:
    """The tiny lesson with the differences of `case`."""
    shutil.copytree(LESSONS / "tiny", root)
    for name, text in case.get("files", {}).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink() if text is None else path.write_text(text, encoding="utf-8", newline="")
    for name, text in case.get("latin", {}).items():
        (root / name).write_bytes(text.encode("latin-1"))
    for name, changes in case.get("edit", {}).items():
        text = (root / name).read_text(encoding="utf-8")
        for old, new in changes.items():
            assert text.count(old) == 1, f"{old!r} is not exactly once in {name}"
            text = text.replace(old, new)
        (root / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="session")
def good_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the tiny lesson."""
    target = tmp_path_factory.mktemp("good") / "docs"
    done = run(LESSONS / "tiny", target)
    assert (done.exit, done.says) == (0, [])
    return target


@pytest.mark.parametrize("case", _ALL)
def test_message(case: Case, tmp_path: Path, good_site: Path) -> None:
    """The messages are exactly these; a failed build leaves the last good site as it was."""
    assert case.keys() <= _KEYS
    lesson, target = tmp_path / "lesson", tmp_path / "site" / "docs"
    write_lesson(lesson, case)
    shutil.copytree(good_site, target)
    before = snapshot(target)
    done = run(lesson, target, process=case.get("process", False))
    assert done.says == case.get("says", [])
    assert done.exit == case["exit"]
    assert [path.name for path in target.parent.iterdir()] == ["docs"], "something was left beside the site"
    if done.exit:
        assert snapshot(target) == before
        assert not done.output
    for name, text in case.get("built", {}).items():
        assert text in (target / name).read_text(encoding="utf-8")


def test_a_good_build_says_where_the_site_is(tmp_path: Path) -> None:
    """As a real process: the address of the home page on standard output, nothing else there."""
    target = tmp_path / "docs"
    done = run(LESSONS / "tiny", target, process=True)
    assert (done.exit, done.says, done.output) == (0, [], f"{target / 'index.html'}\n")


def test_a_folder_that_holds_something_else(tmp_path: Path) -> None:
    """What is not a built site is not replaced."""
    (tmp_path / "thesis.txt").write_text("years of work")
    done = run(LESSONS / "tiny", tmp_path, process=True)
    message = "the output folder holds something that is not a built site"
    assert done.says == [f"error: {tmp_path}: {message}. Choose another folder with --to, or empty this one."]
    assert done.exit == 1
    assert snapshot(tmp_path) == {"thesis.txt": b"years of work"}


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    target = tmp_path / "docs"
    target.mkdir()
    assert run(LESSONS / "tiny", target).exit == 0
    assert (target / "index.html").is_file()


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    """A file where the folder should be: an error, not a traceback. (Rights do not stop root.)"""
    (tmp_path / "file").write_text("in the way")
    target = tmp_path / "file" / "docs"
    done = run(LESSONS / "tiny", target)
    assert done.exit == 1
    assert len(done.says) == 1
    assert done.says[0].startswith(f"error: {tmp_path / 'file'}: the site cannot be written here (")
    assert done.says[0].endswith("Check space and rights, or use --to.")


def test_no_such_lesson(tmp_path: Path) -> None:
    done = run(tmp_path / "nowhere", tmp_path / "docs")
    assert done.exit == 1
    assert done.says == [
        "error: config.yaml: the lesson has no config.yaml. Run this in a lesson's folder, or make one."
    ]


def test_a_build_that_died_between_its_renames(tmp_path: Path, good_site: Path) -> None:
    """The next build, though it fails, brings the last good site back."""
    shutil.copytree(good_site, tmp_path / ".docs.old")
    lesson = tmp_path / "lesson"
    write_lesson(lesson, {"files": {"index.md": "Text.\n\n::: callout\n"}})
    assert run(lesson, tmp_path / "docs").exit == 1
    assert snapshot(tmp_path / "docs") == snapshot(good_site)
