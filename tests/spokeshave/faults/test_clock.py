"""A clock that is set back, and files from the future: what is built is what the sources say, whatever their dates."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from spokeshave.checks.web_memory import FILE, read_memory
from spokeshave.reading.picture_sizes import picture_size
from tests.spokeshave.faults.two_lessons import build_here
from tests.spokeshave.sites import LESSONS, snapshot

_FUTURE, _PAST = 4_000_000_000, 1  # seconds: the years 2096 and 1970
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="10"/>'


def _date(folder: Path, seconds: int) -> None:
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (seconds, seconds))


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    shutil.copytree(LESSONS / "tiny", tmp_path / "lesson")
    return tmp_path / "lesson"


@pytest.mark.parametrize(("first", "then"), [(_FUTURE, _PAST), (_PAST, _FUTURE), (_PAST, _PAST)])
def test_pages_search_and_pictures_are_those_of_the_sources(
    lesson: Path, tmp_path: Path, first: int, then: int
) -> None:
    """Built after a change, the site is that of a build elsewhere, though all it stands on has other dates."""
    (lesson / "episodes/fig").mkdir()
    (lesson / "episodes/fig/dot.svg").write_text(_SVG.format(20))
    episode = lesson / "episodes/01-first.md"
    text = episode.read_text(encoding="utf-8")
    episode.write_text(text + "\n![A dot](fig/dot.svg)\n", encoding="utf-8")
    build_here(lesson, tmp_path / "docs")
    _date(lesson, first)
    _date(tmp_path / "docs", first)
    before = snapshot(tmp_path / "docs")

    words = text.replace("A stone does not.", "A pebble never does.")
    episode.write_text(words + "\n![A dot](fig/dot.svg)\n", encoding="utf-8")
    (lesson / "episodes/fig/dot.svg").write_text(_SVG.format(40))
    config = (lesson / "config.yaml").read_text(encoding="utf-8")
    (lesson / "config.yaml").write_text(config.replace("A tiny lesson", "A tidy lesson"), encoding="utf-8")
    _date(lesson, then)
    build_here(lesson, tmp_path / "docs")
    build_here(lesson, tmp_path / "elsewhere")
    after = snapshot(tmp_path / "docs")
    assert after == snapshot(tmp_path / "elsewhere")
    assert b"A pebble never does." in after["01-first.html"]
    assert after["pagefind/indexed.txt"] != before["pagefind/indexed.txt"]
    assert all(before[path] != after[path] for path in before if path.endswith(".html"))


def test_a_picture_of_the_same_time_and_length_is_read_again(tmp_path: Path) -> None:
    """As by a clock that is set back, or one that knows no parts of seconds."""
    picture = tmp_path / "dot.svg"
    for width in (20, 40):
        beside = tmp_path / "beside"
        beside.write_text(_SVG.format(width))
        os.utime(beside, (_PAST, _PAST))
        beside.replace(picture)
        size = picture_size(picture)
        assert size
        assert size.width == width


def test_links_seen_in_the_future_are_asked_for_again(tmp_path: Path) -> None:
    memory = read_memory(tmp_path, date(2090, 1, 1))
    memory.add("https://x.example")
    memory.write()
    assert (tmp_path / FILE).is_file()
    assert read_memory(tmp_path, date(2090, 1, 2)).knows("https://x.example")
    assert not read_memory(tmp_path, date(2026, 1, 1)).knows("https://x.example")
