"""Lessons of some pages, made for one test each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from spokeshave.lesson import Lesson
from spokeshave.reader import read_lesson

PAGE = "episodes/one.md"
CASES = Path(__file__).parent / "cases"


def write_lesson(root: Path, files: Mapping[str, str]) -> Path:
    """A lesson with these files, by path, and what every lesson has."""
    usual = {
        "config.yaml": "title: 'Small'\nsource: 'https://github.com/example-org/small'\n",
        "index.md": "Home.\n",
    }
    for name, text in {**usual, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def lesson_of(root: Path, files: Mapping[str, str]) -> Lesson:
    """The same, read."""
    return read_lesson(write_lesson(root, files)).lesson


def cases(name: str) -> list[dict[str, Any]]:
    """The cases in the file `name`.yaml."""
    found: list[dict[str, Any]] = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return found
