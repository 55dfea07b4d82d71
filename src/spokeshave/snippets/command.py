"""`spokeshave snippets`."""

from __future__ import annotations

import json
import signal
import sys
from functools import partial
from pathlib import Path

import click

from spokeshave.lesson import Lesson
from spokeshave.problems import LessonError, Problem
from spokeshave.reader import read_lesson
from spokeshave.snippets.collect import DEFAULT_TIMEOUT, collect
from spokeshave.snippets.counts import check_counts
from spokeshave.snippets.process import DEFAULT_MEMORY
from spokeshave.snippets.promote import promote
from spokeshave.snippets.record import default_place, write_record
from spokeshave.snippets.report import block_line, failure_text, page_line, tally, totals_line
from spokeshave.snippets.results import results_of
from spokeshave.snippets.run import PageRun, run_pages
from spokeshave.snippets.service import load_service
from spokeshave.snippets.snippet import Page

_GIGABYTE = 2**30


@click.command()
@click.argument("lesson", type=click.Path(path_type=Path), default=".")
@click.argument("pages", nargs=-1)
@click.option("-j", "--jobs", type=click.IntRange(1), help="Pages at a time. [default: one a core]")
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=DEFAULT_TIMEOUT, help="Seconds a block may take."
)
@click.option(
    "--memory",
    type=click.FloatRange(0.25),
    default=DEFAULT_MEMORY / _GIGABYTE,
    help="Gigabytes that a page may reserve.",
)
@click.option(
    "--service", metavar="MODULE:FUNCTION", help="What starts a service that the code of a page needs."
)
@click.option(
    "--counts",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File with the number of blocks of each page.",
)
@click.option(
    "--json",
    "results",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write all results to this file.",
)
@click.option("--promote", "promoting", is_flag=True, help="Write what was printed and drawn into the pages.")
@click.option("--force", is_flag=True, help="Promote into files with uncommitted changes too.")
@click.option("--record", is_flag=True, help="Write LESSON/site/snippets.json: pages then say what ran.")
@click.option("-v", "--verbose", is_flag=True, help="Name every block.")
def snippets(
    lesson: Path,
    pages: tuple[str, ...],
    *,
    jobs: int | None,
    timeout: float,
    memory: float,
    service: str | None,
    counts: Path | None,
    results: Path | None,
    promoting: bool,
    force: bool,
    record: bool,
    verbose: bool,
) -> None:
    """Run the code of LESSON's pages and compare what it prints with what they show.

    PAGES are files of the lesson, such as episodes/one.md. [default: all]
    """
    if record and pages:
        raise click.UsageError("--record is a record of all pages: leave PAGES out")
    # Ended from outside, as by a build server, it ends its programs too, as with Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        read = read_lesson(lesson).lesson
        chosen, problems = _choose(read, pages, timeout)
        if counts:
            problems += check_counts(counts, chosen, frozenset(pages) or None)
        place = default_place(read.root) if record else None  # told before the code runs
        started = load_service(service, read.root) if service else None
        show = partial(_show, verbose=verbose)
        runs = run_pages(read, chosen, jobs, int(memory * _GIGABYTE), show, started)
        if results:
            _write_results(runs, results)
        if place:
            write_record(runs, place)
        left = promote(read, runs, force=force).left if promoting else ()
    except LessonError as error:
        _tell(error.problems)
        sys.exit(1)
    click.echo(totals_line(tally(outcome) for run in runs for outcome in run.outcomes))
    _tell(problems)
    failed = bool(left) if promoting else not all(run.passed for run in runs)
    sys.exit(bool(problems) or failed)


def _choose(
    lesson: Lesson, names: tuple[str, ...], timeout: float
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """The pages to run, and what is wrong if there are none though there should be.

    Raises `LessonError` if a page cannot be read as its author means it, or is not there.
    """
    found = collect(lesson, timeout)
    wrong = [problem for problem in found.problems if not names or problem.path in names]
    known = {page.path for page in found.pages}
    wrong += [
        Problem(
            name, 0, "this is no page with Python or shell blocks", f"Choose from {', '.join(sorted(known))}"
        )
        for name in names
        if name not in known
    ]
    if wrong:
        raise LessonError(*sorted(wrong))
    if found.silence:
        return (), (found.silence,)
    return tuple(page for page in found.pages if not names or page.path in names), ()


def _write_results(runs: tuple[PageRun, ...], file: Path) -> None:
    """Write the results into `file`, which may be a pipe too. Raises `LessonError` if that is not possible."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(results_of(runs), indent=2) + "\n", encoding="ascii")
    except OSError as error:
        reason = f"the file cannot be written ({error.strerror})"
        problem = Problem(str(file), 0, reason, "Check space and rights")
        raise LessonError(problem) from error


def _show(run: PageRun, *, verbose: bool) -> None:
    click.echo(page_line(run))
    for outcome in run.outcomes:
        if verbose:
            click.echo(block_line(outcome))
        if outcome.status == "failed":
            click.echo(f"\n{failure_text(outcome)}")


def _tell(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        click.echo(f"error: {problem}", err=True)
