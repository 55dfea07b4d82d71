"""What the preview notices while a lesson is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.spokeshave.serve.previews import Preview, write_by_rename

_PAGE = "/01-first.html"


def _first(running: Preview) -> Path:
    return running.lesson / "episodes/01-first.md"


def test_a_changed_episode_is_shown_and_then_what_gathers_from_it(running: Preview) -> None:
    with running.events(_PAGE) as page, running.events("/key-points.html") as gathered:
        before, before_gathered = next(page), next(gathered)
        text = _first(running).read_text(encoding="utf-8")
        write_by_rename(_first(running), text.replace("Plant it and wait.", "Water it."))
        assert next(page).version != before.version
        assert "Water it." in running.ask(_PAGE)[1]
        assert next(gathered).version != before_gathered.version
        assert "Water it." in running.ask("/key-points.html")[1]


def test_other_pages_are_not_loaded_anew(running: Preview) -> None:
    """Two changes, of which the second one is the first that the other page is told of."""
    with running.events(_PAGE) as page, running.events("/02-second.html") as other:
        first, second = next(page), next(other)
        write_by_rename(_first(running), _first(running).read_text(encoding="utf-8") + "\nMore.\n")
        assert next(page).version != first.version
        assert second.version in running.ask("/02-second.html")[1]
        file = running.lesson / "episodes/02-second.md"
        write_by_rename(file, file.read_text(encoding="utf-8") + "\nMore.\n")
        told = next(other).version
        assert told != second.version
        assert told in running.ask("/02-second.html")[1]


def test_new_and_removed_files_are_noticed(running: Preview) -> None:
    with running.events("/sowing.html") as page:
        missing = next(page)
        new = running.lesson / "learners/sowing.md"
        write_by_rename(new, "---\ntitle: Sowing\n---\n\nIn spring.\n")
        assert next(page).version != missing.version
        assert running.ask("/sowing.html")[0].status == 200
        assert "sowing.html" in running.ask("/")[1]
        new.unlink()
        next(page)
        assert running.ask("/sowing.html")[0].status == 404
        assert "sowing.html" not in running.ask("/")[1]


def test_an_episode_is_shown_though_another_page_is_broken(running: Preview) -> None:
    with running.events(_PAGE) as page:
        next(page)
        broken = running.lesson / "learners/sowing.md"
        write_by_rename(broken, "---\ntitle: Sowing\n---\n\n::: callout\n\nNever closed.\n")
        told = next(page)
        assert [problem.split(": ")[0] for problem in told.problems] == ["learners/sowing.md:5"]
        write_by_rename(_first(running), _first(running).read_text(encoding="utf-8") + "\nIt sprouts.\n")
        shown = next(page)
        assert (shown.version != told.version, shown.problems) == (True, told.problems)
        assert "It sprouts." in running.ask(_PAGE)[1]
        broken.unlink()
        assert next(page).problems == []


def test_a_file_from_the_past_is_noticed(running: Preview) -> None:
    """Put back from a backup, or written after the clock was set back: it is older than what it replaces."""
    file = _first(running)
    with running.events(_PAGE) as page:
        version = next(page).version
        for text, seconds in (("From the future.", 4_000_000_000), ("From the past.", 1)):
            beside = file.with_name(".beside")
            beside.write_text(file.read_text(encoding="utf-8") + f"\n{text}\n", encoding="utf-8")
            os.utime(beside, (seconds, seconds))
            beside.replace(file)
            before, version = version, next(page).version
            assert version != before
            assert text in running.ask(_PAGE)[1]


def test_a_new_picture_reaches_every_page(running: Preview) -> None:
    with running.events(_PAGE) as page:
        before = next(page)
        (running.lesson / "episodes/fig").mkdir()
        (running.lesson / "episodes/fig/dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
        assert next(page).version != before.version
        assert running.ask("/fig/dot.svg")[0].headers["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [
        ("episodes/01-first.md", "teaching: 10", "teaching: [", "episodes/01-first.md:"),
        ("config.yaml", "title:", "title: [", "config.yaml:"),
    ],
)
def test_an_error_is_told_and_the_page_before_it_stays(
    running: Preview, path: str, old: str, new: str, place: str
) -> None:
    file = running.lesson / path
    sound = file.read_text(encoding="utf-8")
    with running.events(_PAGE) as page:
        before = next(page)
        write_by_rename(file, sound.replace(old, new))
        broken = next(page)
        assert broken.version == before.version
        assert broken.problems[0].startswith(place)
        assert "A stone does not." in running.ask(_PAGE)[1]
        write_by_rename(file, sound)
        assert next(page) == before
