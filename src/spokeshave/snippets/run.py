"""Pages to outcomes: each page is a program of its own, several at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from spokeshave.lesson import Lesson
from spokeshave.problems import LessonError, Problem
from spokeshave.snippets.compare import judge
from spokeshave.snippets.process import DEFAULT_MEMORY, STOP, ProgramRun, run_program
from spokeshave.snippets.service import Service
from spokeshave.snippets.snippet import Outcome, Page, Snippet
from spokeshave.snippets.tabs import choices, program


@dataclass(frozen=True, slots=True)
class PageRun:
    """What came of a page: an outcome for each of its blocks, in order.

    `versions` are Python's and those of the libraries that the page's code imports, by name. `others` are what
    blocks did with other tabs chosen.
    """

    page: Page
    outcomes: tuple[Outcome, ...]
    versions: Mapping[str, str] = field(default_factory=dict)
    others: tuple[Outcome, ...] = ()

    @property
    def passed(self) -> bool:
        return all(outcome.status in ("passed", "skipped") for outcome in self.outcomes)


def run_pages(
    lesson: Lesson,
    pages: Sequence[Page],
    jobs: int | None = None,
    memory: int = DEFAULT_MEMORY,
    show: Callable[[PageRun], object] = bool,
    service: Service | None = None,
) -> tuple[PageRun, ...]:
    """Run `pages` of `lesson` and compare what they print; `jobs` at a time, as many as there are cores.

    A page with tabs is run once for each choice (`tabs.py`). `show` is told each page when it is
    done, in the order of `pages`. Beside each program a `service` of its own runs, if there is one.
    Raises `LessonError` where code cannot be run at all.
    """
    if sys.platform == "win32":
        fix = "Use the Windows Subsystem for Linux"
        raise LessonError(Problem("spokeshave snippets", 0, "code runs on Linux and macOS only", fix))
    tasks = [(page, choice) for page in pages for choice in choices(page.snippets)]
    with ThreadPoolExecutor(max_workers=jobs or os.cpu_count() or 1) as pool:
        futures = [pool.submit(_run_choice, lesson, page, choice, memory, service) for page, choice in tasks]
        try:
            return tuple(_gather(page, tasks, futures, show) for page in pages)
        except BaseException:
            STOP.set()
            pool.shutdown(wait=True, cancel_futures=True)
            STOP.clear()
            raise


def _run_choice(lesson: Lesson, page: Page, choice: str, memory: int, service: Service | None) -> ProgramRun:
    snippets = program(page.snippets, choice)
    if not snippets:
        return ProgramRun((), {})
    done = run_program(lesson.root.resolve(), page.path, snippets, memory, service)
    judged = tuple(judge(outcome, lesson.root) for outcome in done.outcomes)
    if choice:
        judged = tuple(_with_choice(outcome, choice) for outcome in judged)
    return replace(done, outcomes=judged)


def _with_choice(outcome: Outcome, choice: str) -> Outcome:
    """A failure's reason begins with a line that says what is wrong; a difference may follow."""
    if outcome.status != "failed":
        return outcome
    reason, *difference = outcome.reason.split("\n", 1)
    return replace(outcome, reason="\n".join([f"{reason} (with the tab “{choice}” chosen)", *difference]))


def _gather(
    page: Page,
    tasks: Sequence[tuple[Page, str]],
    futures: Sequence[Future[ProgramRun]],
    show: Callable[[PageRun], object],
) -> PageRun:
    """The runs of one page, made one."""
    runs = [future.result() for (of, _), future in zip(tasks, futures, strict=True) if of is page]
    outcomes: dict[Snippet, Outcome] = {
        snippet: Outcome(snippet, "skipped", reason=snippet.skip) for snippet in page.snippets if snippet.skip
    }
    for run in runs:
        for outcome in run.outcomes:
            known = outcomes.get(outcome.snippet)
            outcomes[outcome.snippet] = _worse(known, outcome) if known else outcome
    versions = {name: version for run in runs for name, version in run.versions.items()}
    others = tuple(one for run in runs for one in run.outcomes if one is not outcomes[one.snippet])
    done = PageRun(page, tuple(outcomes[snippet] for snippet in page.snippets), versions, others)
    show(done)
    return done


def _worse(first: Outcome, second: Outcome) -> Outcome:
    """Of two outcomes of one block the one to tell: a failure, else a run, the first one."""
    for status in ("failed", "passed"):
        for outcome in (first, second):
            if outcome.status == status:
                return outcome
    return first
