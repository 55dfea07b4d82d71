"""A new episode: a page to start from, at the end of the lesson's list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path, PurePosixPath

from spokeshave.authoring.changes import Change, write_changes
from spokeshave.authoring.names import check_name
from spokeshave.authoring.page_list import read_page_list
from spokeshave.problems import LessonError, Problem
from spokeshave.reader import read_lesson

_ACCENTS = re.compile("[\u0300-\u036f]")
_NUMBER = re.compile(r"\d+(?=-)")
_LONGEST = 60


def new_episode(root: Path, title: str) -> str:
    """Write a new episode and list it. Returns its path.

    If the lesson has no list of episodes, all files of their folder are episodes: then nothing is listed.
    Raises `LessonError` if the lesson cannot be read or the name is taken.
    """
    lesson = read_lesson(root).lesson
    title = " ".join(title.split())
    listed = read_page_list(root, "episodes")
    names = [PurePosixPath(page.path).name for page in lesson.episodes]
    name = _prefix(names) + file_name(title)
    path = f"episodes/{name}"
    check_name(lesson, path)
    template = (files("spokeshave.authoring") / "episode.md").read_text(encoding="utf-8")
    page = Change(path, None, template.replace("TITLE", title.replace("'", "''"), 1).encode())
    write_changes(root, [page, listed.added(name)] if listed.names else [page])
    return path


def file_name(title: str) -> str:
    """The name of the file of a page with this title: its letters and digits, words joined by hyphens."""
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", title)))
    words = re.findall(r"[^\W_]+", plain.replace("'", "").replace("\u2019", "").lower())
    if not words:
        raise LessonError(
            Problem(
                "episodes",
                0,
                f"the title `{title}` has no letter or digit",
                "Give the episode a title in words",
            )
        )
    name = words[0]
    for word in words[1:]:
        if len(name) + 1 + len(word) > _LONGEST:
            break
        name += f"-{word}"
    return f"{name[:_LONGEST]}.md"


def _prefix(names: Sequence[str]) -> str:
    """The next number, if all other episodes are numbered: `04-` after `03-names.md`."""
    numbers = [found[0] for name in names if (found := _NUMBER.match(name))]
    if not numbers or len(numbers) < len(names):
        return ""
    return f"{max(map(int, numbers)) + 1:0{max(map(len, numbers))}}-"
