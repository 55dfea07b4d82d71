"""The examples of src/docs/extending.md, done as they are written, in a copy of the sources."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.spokeshave.sites import REPOSITORY

_EXAMPLE = re.compile(
    r"^## (?P<title>.+?)$.*?^```diff\n(?P<diff>.*?)^```$\s+```bash\n(?P<command>.*?)\n```$", re.M | re.S
)
_LEFT_OUT = shutil.ignore_patterns("node_modules", "__pycache__")
_FAILED, _NO_TEST = 1, 4
"""What pytest returns if tests fail, and if there is no such test to run."""


@dataclass(frozen=True)
class Example:
    title: str
    diff: str
    command: str


_GUIDE = (REPOSITORY / "src/docs/extending.md").read_text(encoding="utf-8")
_EXAMPLES = [Example(**found.groupdict()) for found in _EXAMPLE.finditer(_GUIDE)]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The sources and their tests."""
    for folder in ("src", "tests"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder, ignore=_LEFT_OUT)
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    return tmp_path


def _apply(example: Example, root: Path, part: str) -> None:
    subprocess.run(
        ["git", "apply", "--recount", f"--{part}=tests/*"],
        cwd=root,
        input=example.diff,
        text=True,
        check=True,
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(root.parent)},
    )


def _run(example: Example, root: Path) -> tuple[int, str]:
    assert example.command.startswith("pytest ")
    command = [sys.executable, "-m", *shlex.split(example.command), "-q", "-p", "no:cacheprovider"]
    paths = os.pathsep.join((str(root / "src"), str(root)))
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda example: example.title)
def test_example(example: Example, copy: Path) -> None:
    """Its test fails without its code, and passes with it."""
    _apply(example, copy, "include")
    assert _run(example, copy)[0] in (_FAILED, _NO_TEST)
    _apply(example, copy, "exclude")
    code, printed = _run(example, copy)
    assert code == 0, printed
    assert re.search(r"^\d+ passed", printed, re.M), printed


def test_there_is_an_example_of_each_kind() -> None:
    assert [example.title for example in _EXAMPLES] == [
        "A kind of div",
        "A page",
        "A check",
        "A route of the Hub",
    ]
