"""What a site has beside its pages and the lesson's own files: theme, search window, pictures of shared links."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from spokeshave.lesson import Lesson
from spokeshave.output import OutputFolder
from spokeshave.pages.cards import cards, draw
from spokeshave.pages.context import Card, SearchFiles, TeachingFiles
from spokeshave.search.index import ENTRY
from spokeshave.theme import static_files, words
from spokeshave.theme.bundle import (
    script,
    search_script,
    search_stylesheet,
    stylesheet,
    teaching_script,
    teaching_stylesheet,
    timetable_stylesheet,
)


def write_theme(output: OutputFolder, title: str) -> tuple[str, str]:
    """Write pictures, stylesheet and script, and give the paths of the last two.

    `title` is the lesson's, for the head of printed pages.
    """
    for path, content in static_files().items():
        output.write(f"assets/{path}", content)
    style = _write_hashed(output, stylesheet(title), "spokeshave", "css")
    return style, _write_hashed(output, script(), "spokeshave", "js")


def write_search_window(lesson: Lesson, output: OutputFolder) -> SearchFiles:
    """Write the script and the stylesheet of the search window."""
    text = search_script(words(lesson.settings.language))
    return SearchFiles(
        script=_write_hashed(output, text, "search", "js"),
        stylesheet=_write_hashed(output, search_stylesheet(), "search", "css"),
        index=ENTRY,
    )


def write_teaching_files(output: OutputFolder) -> TeachingFiles:
    """Write what instructors' pages of episodes load: the running clock's look, and the presenter."""
    return TeachingFiles(
        script=_write_hashed(output, teaching_script(), "teaching", "js"),
        stylesheet=_write_hashed(output, teaching_stylesheet(), "teaching", "css"),
    )


def write_timetable_style(lesson: Lesson, output: OutputFolder) -> str:
    """Write what pages with a timetable load; nothing for a lesson without one."""
    return _write_hashed(output, timetable_stylesheet(), "timetable", "css") if lesson.timetable else ""


def write_cards(lesson: Lesson, output: OutputFolder) -> Mapping[str, Card]:
    """Write the pictures of shared links; those that the last site has are taken from it."""
    found = cards(lesson)
    for card in found.values():
        output.write(card.path, output.last(card.path) or draw(card))
    return found


def _write_hashed(output: OutputFolder, text: str, name: str, ending: str) -> str:
    """Write a file whose name changes with its content, so that browsers may keep it for ever."""
    path = f"assets/{name}.{hashlib.sha256(text.encode()).hexdigest()[:10]}.{ending}"
    output.write(path, text)
    return path
