"""What is known of the last run: written after it, read when the site is built.

A page claims that its code ran only as long as the record's fingerprint is that of the code on the page.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from spokeshave.lesson import Lesson
from spokeshave.problems import LessonError, Problem
from spokeshave.site_folder import in_site
from spokeshave.snippets.collect import collect
from spokeshave.whole_file import write_file

if TYPE_CHECKING:
    # A site is built without loading what runs code.
    from spokeshave.snippets.run import PageRun

_FORMAT = 1
_NAME = "snippets.json"


@dataclass(frozen=True, slots=True)
class PageRecord:
    """How the blocks of one page fared: how many ran, were skipped as the page says, and passed."""

    fingerprint: str
    run: int
    skipped: int
    passed: int
    versions: Mapping[str, str]
    """Of Python, and of the libraries that the page's code imports."""


@dataclass(frozen=True, slots=True)
class Record:
    """One run of a lesson's code. `pages` by path."""

    date: date
    pages: Mapping[str, PageRecord]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a page may claim: so many of its blocks ran on that day, all as expected."""

    date: date
    count: int
    total: int
    versions: Mapping[str, str]


def default_place(root: Path) -> Path:
    """Where the record of the lesson in `root` is, unless its author says otherwise.

    Raises `LessonError` if this is a link, or in one.
    """
    return in_site(root, _NAME)


def make_record(runs: Iterable[PageRun]) -> Record:
    """The record of runs that were made just now."""
    return Record(_today(), {run.page.path: _page_record(run) for run in runs})


def write_record(runs: Iterable[PageRun], path: Path) -> None:
    """Write the record of runs that were made just now. It is the same text for the same runs and day.

    Raises `LessonError` if it cannot be written.
    """
    content = {"format": _FORMAT, **asdict(make_record(runs))}
    text = json.dumps(content, indent=2, ensure_ascii=False, default=str)
    write_file(path, (text + "\n").encode(), os.fspath(path))


def read_record(path: Path) -> Record:
    """The record in the file `path`. Raises `LessonError` if it is none."""
    try:
        content = json.loads(path.read_bytes())
        pages = {name: PageRecord(**page) for name, page in content["pages"].items()}
        return Record(date.fromisoformat(content["date"]), pages)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        problem = Problem(
            os.fspath(path),
            0,
            f"this is no record of a run of code blocks ({error})",
            "Make it with `spokeshave snippets --record`, or remove it",
        )
        raise LessonError(problem) from error


def known_runs(lesson: Lesson, path: Path | None) -> dict[str, Ran]:
    """What the record at `path`, or the one at the default place if there is one, confirms."""
    if path is None:
        if not os.path.lexists(lesson.root / "site" / _NAME):
            return {}
        path = default_place(lesson.root)
        if not path.is_file():
            return {}
    return confirmed(lesson, read_record(path))


def confirmed(lesson: Lesson, record: Record) -> dict[str, Ran]:
    """The pages, by path, whose code is still that of the record, and ran there as the page says."""
    found: dict[str, Ran] = {}
    for page in collect(lesson).pages:
        known = record.pages.get(page.path)
        if known and known.fingerprint == page.fingerprint and 0 < known.run == known.passed:
            total = known.run + known.skipped
            found[page.path] = Ran(record.date, known.run, total, known.versions)
    return found


def _page_record(run: PageRun) -> PageRecord:
    states = [outcome.status for outcome in run.outcomes]
    skipped = states.count("skipped")
    return PageRecord(
        fingerprint=run.page.fingerprint,
        run=len(states) - skipped,
        skipped=skipped,
        passed=states.count("passed"),
        versions=dict(run.versions),
    )


def _today() -> date:
    """The day in UTC; `SOURCE_DATE_EPOCH` says which, so that a build can be repeated.

    Source: https://reproducible-builds.org/specs/source-date-epoch/
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(given) if given.isdecimal() else time()
    return datetime.fromtimestamp(seconds, UTC).date()
