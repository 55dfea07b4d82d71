"""Keeps a built site in step with a lesson: a changed episode at once, all that gathers from it a little later."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Set
from dataclasses import replace
from pathlib import Path

from spokeshave.bodies import Bodies
from spokeshave.lesson import Lesson, Page
from spokeshave.output import OutputFolder
from spokeshave.pages.edition import Edition
from spokeshave.preview.board import Board, Shown, digest, digest_of_parts
from spokeshave.problems import LessonError, Problem
from spokeshave.reader import read_lesson
from spokeshave.reading.pages import read_page
from spokeshave.reading.report import Report
from spokeshave.site import Extras, build_site, episode_pages
from spokeshave.snippets.record import known_runs
from spokeshave.whole_file import write_whole

_ROOT = "/"
"""The address of the previewed site: its 404 page then finds its stylesheet from any depth."""


class Builder:
    """Builds the lesson in `root` into folders below `place`, and puts what is built on the board.

    Pages that did not change are remembered between builds. Every build of the whole site has a folder of its
    own: a browser never meets one that is half written. `say` is told of problems, each once.
    """

    def __init__(self, root: Path, place: Path, board: Board, say: Callable[[str], object]) -> None:
        self._root = root
        self._place = place
        self._board = board
        self._say = say
        self._bodies = Bodies(remember=True)
        self._editions: list[Edition] = []
        self._number = 0
        self._previous: Path | None = None
        self._warnings: frozenset[Problem] = frozenset()

    def build(self) -> bool:
        """Build the whole site. Returns whether it could be built; the reasons are on the board if not."""
        try:
            shown, editions = self._whole()
        except LessonError as error:
            return self._refuse(error.problems)
        except OSError as error:
            return self._refuse((_unreadable(error),))
        self._editions = editions
        before, self._previous = self._previous, self._board.shown.folder
        self._board.show(shown)
        if before:  # pages of the site shown before this one may still be on their way to a browser
            shutil.rmtree(before, ignore_errors=True)
        return True

    def build_episodes(self, changed: Set[str]) -> bool | None:
        """Build the pages of the changed episodes alone.

        Returns whether they could be built, or `None` if more than the text of episodes changed, so that only
        the whole site will do.
        """
        try:
            lesson = self._with_texts(changed)
            if lesson is None:
                return None
            self._write_episodes(lesson, changed)
        except LessonError as error:
            return self._refuse(error.problems)
        except OSError:
            return None
        return True

    def _whole(self) -> tuple[Shown, list[Edition]]:
        reading = read_lesson(self._root)
        lesson = replace(reading.lesson, settings=replace(reading.lesson.settings, url=_ROOT))
        self._number += 1
        with OutputFolder(self._folder(self._number)) as output:
            extras = Extras(known_runs(lesson, None), for_web=True, cards=False)
            editions = build_site(lesson, output, self._bodies, extras)
            output.finish()
        self._warn(frozenset((*reading.warnings, *self._bodies.warnings)))
        digests = {path: digest((output.target / path).read_bytes()) for path in output.paths}
        return Shown(output.target, digests, digest_of_parts(digests)), editions

    def _with_texts(self, changed: Set[str]) -> Lesson | None:
        """The lesson with the new texts of the changed episodes; nothing if anything else changed."""
        if not self._editions:
            return None
        lesson = self._editions[0].lesson
        if not changed <= {page.path for page in lesson.episodes}:
            return None
        report = Report()
        pages = tuple(self._read(page, report) if page.path in changed else page for page in lesson.episodes)
        report.stop_on_errors()
        same = all(map(_differ_in_text_alone, lesson.episodes, pages))
        return replace(lesson, episodes=pages) if same else None

    def _read(self, page: Page, report: Report) -> Page:
        return replace(read_page(self._root, page.path, report), updated=page.updated)

    def _write_episodes(self, lesson: Lesson, changed: Set[str]) -> None:
        shown = self._board.shown
        assert shown.folder, "episodes are built alone only after a whole site"
        editions = [replace(edition, lesson=lesson) for edition in self._editions]
        self._bodies.start(lesson.pictures)
        written: dict[str, bytes] = {}
        for position, page in enumerate(lesson.episodes):
            if page.path in changed:
                body = self._bodies.body(lesson, page)
                pages = episode_pages(editions, position, body)
                written |= {path: text.encode() for path, text in pages}
        if self._bodies.errors:
            raise LessonError(*sorted(self._bodies.errors))
        for path, content in written.items():
            write_whole(shown.folder / path, content)
        self._editions = editions
        digests = {**shown.digests, **{path: digest(content) for path, content in written.items()}}
        others = tuple(problem for problem in shown.problems if problem.path not in changed)
        self._board.show(replace(shown, digests=digests, problems=others))

    def _folder(self, number: int) -> Path:
        return self._place / f"site-{number}"

    def _refuse(self, problems: tuple[Problem, ...]) -> bool:
        """Put the problems on the board. The site that it shows stays."""
        shown = self._board.shown
        if problems != shown.problems:
            for problem in problems:
                self._say(f"error: {problem}")
            self._board.show(replace(shown, problems=problems))
        return False

    def _warn(self, warnings: frozenset[Problem]) -> None:
        for warning in sorted(warnings - self._warnings):
            self._say(f"warning: {warning}")
        self._warnings = warnings


def _differ_in_text_alone(before: Page, after: Page) -> bool:
    return replace(after, text=before.text, first_line=before.first_line) == before


def _unreadable(error: OSError) -> Problem:
    reason = error.strerror or str(error)
    return Problem(str(error.filename or "."), 0, f"it cannot be read ({reason})", "Save the file again")
