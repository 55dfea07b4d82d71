"""Hostile lessons, case by case: `corpus/*.yaml`. Each ends in its message, or in a right page, in time and memory.

`says` is every message that is expected, `exit` the exit code; `vocabulary.py` has the other words. Whatever the case,
`spokeshave check` tells of it too, in time and without a traceback.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.spokeshave.hostile.running import Done, LimitedCommand
from tests.spokeshave.hostile.vocabulary import Case, write_hostile_lesson
from tests.spokeshave.sites import LESSONS, snapshot

CASES = Path(__file__).parent / "corpus"
_SEARCHED = frozenset({"markdown"})
"""Files of cases whose sites get an index for search, too: what is in it depends on the text alone."""
_ALL = [
    pytest.param(case, path.stem in _SEARCHED, id=f"{path.stem}: {case['name']}")
    for path in sorted(CASES.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
_MEGABYTES = 500
_SECONDS = 5.0
_MESSAGE = re.compile(r"(?:error|warning): \S.*\. \S.*\.$")
_FINDING = re.compile(r"\S.*: (?:error|warning): \S.*\. \S.*\. \[[a-z-]+\]$")


@pytest.fixture(scope="module")
def command() -> Iterator[LimitedCommand]:
    with LimitedCommand() as command:
        yield command


@pytest.fixture(scope="module")
def good_site(tmp_path_factory: pytest.TempPathFactory, command: LimitedCommand) -> Path:
    """The site of the tiny lesson."""
    folder = tmp_path_factory.mktemp("good")
    assert command.run(folder, "build", str(LESSONS / "tiny"), "--to", str(folder / "docs")).exit == 0
    return folder / "docs"


@pytest.fixture(scope="module")
def good_files(good_site: Path) -> dict[str, bytes]:
    return snapshot(good_site)


def _within_limits(done: Done) -> None:
    assert done.exit in (0, 1), "\n".join(done.says)
    assert done.seconds < _SECONDS
    assert done.megabytes < _MEGABYTES


@pytest.mark.parametrize(("case", "search"), _ALL)
def test_hostile_lesson(
    case: Case,
    search: bool,
    tmp_path: Path,
    command: LimitedCommand,
    good_site: Path,
    good_files: dict[str, bytes],
) -> None:
    """It is told, or built; the last good site stays as it was or gives way to a whole one."""
    lesson, target = tmp_path / "lesson", tmp_path / "site" / "docs"
    write_hostile_lesson(lesson, case)
    shutil.copytree(good_site, target, copy_function=os.link)
    vanish = {str(lesson / path): moment for path, moment in case.get("vanish", {}).items()}
    arguments = (tmp_path, "build", str(lesson), "--to", str(target))
    done = command.run(*arguments, vanish=vanish, search=search)
    if done.seconds >= _SECONDS and not vanish:
        # Other tests share the processor's caches; a lesson that takes too long takes it twice.
        done = command.run(*arguments, search=search)
    _within_limits(done)
    expected = case.get("says", [])
    assert done.says[: len(expected)] == expected
    assert len(done.says) == case.get("count", len(expected))
    assert all(_MESSAGE.match(line) for line in done.says)
    assert done.exit == case["exit"]
    assert [path.name for path in target.parent.iterdir()] == ["docs"], "something was left beside the site"
    if done.exit:
        assert not done.output
        assert snapshot(target) == good_files
    else:
        _holds(target, case)
    if vanish:
        shutil.rmtree(lesson)
        write_hostile_lesson(lesson, case)
    _check_tells(case, done, command.run(tmp_path, "check", str(lesson)))
    assert not list(tmp_path.rglob("canary")), "the lesson ran a program"


def _holds(site: Path, case: Case) -> None:
    """The site has what the case says, and nothing of what is outside the lesson."""
    for name, texts in case.get("built", {}).items():
        held = (site / name).read_text(encoding="utf-8")
        for text in [texts] if isinstance(texts, str) else texts:
            assert text in held
    for name, content in snapshot(site).items():
        assert b"The canary sings" not in content, name


def _check_tells(case: Case, built: Done, checked: Done) -> None:
    """`spokeshave check` ends in time, and fails where the build does."""
    _within_limits(checked)
    assert checked.says == []
    assert all(_FINDING.match(line) for line in checked.output.splitlines()), checked.output
    if built.exit and "vanish" not in case:
        assert checked.exit == 1
