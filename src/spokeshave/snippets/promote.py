"""Writes what the code printed and drew into the pages: exactly those fences and figures, nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path, PurePosixPath

import click

from spokeshave.lesson import Lesson, Page
from spokeshave.problems import LessonError, Problem
from spokeshave.snippets.fences import rewritten
from spokeshave.snippets.figures import figure_difference
from spokeshave.snippets.run import PageRun
from spokeshave.snippets.snippet import Outcome
from spokeshave.snippets.uncommitted import uncommitted
from spokeshave.snippets.updates import Update, promotable, updates
from spokeshave.whole_file import write_file


@dataclass(frozen=True, slots=True)
class Change:
    """A file and its new content. `old` is `None` where there is no such file yet."""

    path: str
    old: bytes | None
    new: bytes


@dataclass(frozen=True, slots=True)
class Promotion:
    """What would be written, and the blocks whose output cannot be."""

    changes: tuple[Change, ...]
    left: tuple[Problem, ...]


def promote(
    lesson: Lesson, runs: Sequence[PageRun], *, force: bool, show: Callable[[str], object] = click.echo
) -> Promotion:
    """Show the difference between pages and runs, then write it.

    Raises `LessonError`, and writes nothing, if one of the files has changes that are not committed,
    unless `force` is given.
    """
    promotion = plan(lesson, runs)
    show_promotion(promotion, show)
    if not force:
        problems = [
            problem
            for change in promotion.changes
            if change.old is not None and (problem := uncommitted(lesson.root, change.path))
        ]
        if problems:
            raise LessonError(*problems)
    for change in promotion.changes:
        _write(lesson.root / change.path, change)
    return promotion


def plan(lesson: Lesson, runs: Sequence[PageRun]) -> Promotion:
    """What a promotion would write."""
    pages = {page.path: page for page in lesson.pages}
    changes: list[Change] = []
    left: list[Problem] = []
    for run in runs:
        outcomes = [outcome for outcome in run.outcomes if outcome.status == "failed"]
        sound = [outcome for outcome in outcomes if promotable(outcome, lesson.root)]
        left += [_left(outcome) for outcome in outcomes if outcome not in sound]
        found = [update for outcome in sound for update in _updates(run, outcome, lesson.root, left)]
        changes += _page_change(lesson, pages[run.page.path], found, left)
        changes += _figure_changes(lesson, sound, left)
    return Promotion(tuple(changes), tuple(left))


def show_promotion(promotion: Promotion, show: Callable[[str], object] = click.echo) -> None:
    """Show the promotion as a unified diff; of figures, which ones are new."""
    for change in promotion.changes:
        if change.path.endswith(".png"):
            before = f"{len(change.old)} bytes" if change.old is not None else "no file"
            show(f"{change.path}: {before}, now {len(change.new)} bytes")
            continue
        assert change.old is not None  # a page, which was read
        old, new = (text.decode("utf-8-sig").splitlines() for text in (change.old, change.new))
        for line in unified_diff(old, new, f"a/{change.path}", f"b/{change.path}", lineterm=""):
            show(line)
    for problem in promotion.left:
        show(f"left as it is: {problem}")


def _left(outcome: Outcome) -> Problem:
    reason = outcome.reason.split("\n")[0] or outcome.error
    return Problem(
        outcome.snippet.path,
        outcome.line or outcome.snippet.line,
        f"the block did not run to its end ({reason})",
        "Mend the code first",
    )


def _updates(run: PageRun, outcome: Outcome, root: Path, left: list[Problem]) -> Iterator[Update]:
    others = [other for other in run.others if other.snippet == outcome.snippet]
    return updates(outcome, root, left, others)


def _page_change(lesson: Lesson, page: Page, found: Sequence[Update], left: list[Problem]) -> list[Change]:
    if not found:
        return []
    raw = (lesson.root / page.path).read_bytes()
    new = rewritten(raw, page, found, left)
    return [Change(page.path, raw, new)] if new != raw else []


def _figure_changes(lesson: Lesson, outcomes: Sequence[Outcome], left: list[Problem]) -> list[Change]:
    """The figures that look different from what was drawn, or are not there yet."""
    changes: list[Change] = []
    for outcome in outcomes:
        snippet = outcome.snippet
        if not snippet.figure:
            continue
        path = os.path.normpath(PurePosixPath(snippet.path).parent / snippet.figure)
        file = lesson.root / path
        if not figure_difference(outcome.figures, file):
            continue
        if not outcome.figures:
            left.append(Problem(snippet.path, snippet.line, "the block drew no figure", "Mend the code"))
        elif path.startswith(".."):
            left.append(
                Problem(
                    snippet.path, snippet.line, "its figure is outside the lesson", "Choose another place"
                )
            )
        else:
            old = file.read_bytes() if file.is_file() else None
            changes.append(Change(Path(path).as_posix(), old, outcome.figures[-1]))
    return changes


def _write(path: Path, change: Change) -> None:
    if (path.read_bytes() if path.is_file() else None) != change.old:
        raise LessonError(
            Problem(change.path, 0, "the file was changed while its code ran", "Run the command again")
        )
    write_file(path, change.new, change.path)
