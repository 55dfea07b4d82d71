"""`pytest --spokeshave LESSON`: every code block of a lesson is a test named `episodes/one.md:12`.

A page is one program, so it runs as a whole when the first of its tests asks for it. With xdist the
tests of a page stay together under `--dist loadgroup`; otherwise workers run the same page again.
Without the option this module does nothing, and loads nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from spokeshave.lesson import Lesson
    from spokeshave.problems import LessonError, Problem
    from spokeshave.snippets.run import PageRun
    from spokeshave.snippets.service import Service
    from spokeshave.snippets.snippet import Page, Snippet

_PROPERTY = "spokeshave"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("spokeshave", "code blocks of a Workbench lesson")
    group.addoption(
        "--spokeshave",
        action="append",
        default=[],
        metavar="LESSON",
        type=Path,
        help="Run the code blocks of the lesson in this folder. May be given again.",
    )
    group.addoption(
        "--spokeshave-counts",
        metavar="FILE",
        type=Path,
        help="YAML file with how many blocks of each page are run and skipped.",
    )
    group.addoption(
        "--spokeshave-service",
        metavar="MODULE:FUNCTION",
        help="What starts a service that the code of a page needs.",
    )
    group.addoption(
        "--spokeshave-notebooks",
        action="store_true",
        help="Hold the notebook of each episode against what its code gives.",
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> Iterator[None]:
    """Add the blocks to the tests, before `-k` and `-m` choose and xdist groups among them."""
    lessons = [root.resolve() for root in session.config.getoption("--spokeshave")]
    for root in lessons:
        prefix = f"{root.name}/" if len(lessons) > 1 else ""
        found = list(_items(session, root, prefix))
        items += found
        # pytest counts what collectors report; ours are not among the files that it goes through.
        report = pytest.CollectReport(str(root), "passed", None, result=[*found])
        session.ihook.pytest_collectreport(report=report)
    yield


def pytest_report_teststatus(
    report: pytest.TestReport,
) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
    """Tell blocks that were not run apart from those that failed. They are no success either."""
    if report.when == "call" and any(block[0] == "not run" for block in _tallies(report)):
        return "not run", "n", ("NOT RUN", {"yellow": True})
    return None


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many blocks ran, how many did not and why, and how much was compared."""
    reports = (report for reports in terminalreporter.stats.values() for report in reports)
    blocks = [
        block for report in reports if getattr(report, "when", "") == "teardown" for block in _tallies(report)
    ]
    if blocks:
        from spokeshave.snippets.report import Tally, totals_line  # noqa: PLC0415 only where there are some

        terminalreporter.write_line(f"spokeshave: {totals_line(Tally(*block) for block in blocks)}")


def _tallies(report: pytest.TestReport) -> list[Any]:
    """What the report says of a code block; nothing if it is that of another test."""
    return [value for name, value in report.user_properties if name == _PROPERTY]


def _items(session: pytest.Session, root: Path, prefix: str) -> Iterator[pytest.Item]:
    """The tests of one lesson: its blocks, and a failing one for each mistake in how it is written."""
    from spokeshave.problems import LessonError  # noqa: PLC0415 loaded only where it is needed
    from spokeshave.reader import read_lesson  # noqa: PLC0415
    from spokeshave.snippets.collect import collect  # noqa: PLC0415
    from spokeshave.snippets.counts import check_counts  # noqa: PLC0415
    from spokeshave.snippets.service import load_service  # noqa: PLC0415

    name = session.config.getoption("--spokeshave-service")
    counts = session.config.getoption("--spokeshave-counts")
    try:
        lesson = read_lesson(root).lesson
        service = load_service(name, lesson.root) if name else None
        found = collect(lesson)
        problems = [*found.problems, *([found.silence] if found.silence else [])]
        problems += check_counts(counts, found.pages) if counts else ()
    except LessonError as error:
        problems = list(error.problems)
    if problems:
        for problem in sorted(problems):
            yield ProblemTest.of(session, root, prefix, problem)
        return
    for page in found.pages:
        runner = PageTests.from_parent(
            session,
            name=prefix + page.path,
            nodeid=prefix + page.path,
            page=page,
            lesson=lesson,
            service=service,
        )
        yield from runner.collect()


class PageTests(pytest.Collector):
    """One page, and its run."""

    def __init__(self, *, page: Page, lesson: Lesson, service: Service | None, **others: Any) -> None:
        super().__init__(**others)
        self.page = page
        self.lesson = lesson
        self.service = service

    def collect(self) -> Iterator[SnippetTest | NotebookTest]:
        for number, snippet in enumerate(self.page.snippets):
            name = str(snippet.line)
            yield SnippetTest.from_parent(
                self, name=name, nodeid=self._id_of(name), snippet=snippet, number=number
            )
        if self.config.getoption("--spokeshave-notebooks"):
            from spokeshave.notebooks.files import episodes_with_python  # noqa: PLC0415 not without the option

            if episodes_with_python(self.lesson, [self.page]):
                yield NotebookTest.from_parent(self, name="notebook", nodeid=self._id_of("notebook"))

    def _id_of(self, name: str) -> str:
        # What xdist does for its mark `xdist_group`; with pytest 9.2, xdist 3.8 fails to.
        group = f"@{self.name}" if getattr(self.config.option, "loadgroup", False) else ""
        return f"{self.nodeid}:{name}{group}"

    @cached_property
    def run(self) -> PageRun | LessonError:
        """The run, or why there is none."""
        from spokeshave.problems import LessonError  # noqa: PLC0415
        from spokeshave.snippets.run import run_pages  # noqa: PLC0415 not before something is run

        try:
            return run_pages(self.lesson, [self.page], jobs=1, service=self.service)[0]
        except LessonError as error:
            return error


class SnippetTest(pytest.Item):
    """One code block."""

    def __init__(self, *, snippet: Snippet, number: int, **others: Any) -> None:
        super().__init__(**others)
        self.snippet = snippet
        self.number = number
        if snippet.skip:
            self.add_marker(pytest.mark.skip(reason=snippet.skip))
            self.user_properties.append((_PROPERTY, ("skipped", snippet.skip, 0)))

    def runtest(self) -> None:
        from spokeshave.snippets.report import failure_text, tally  # noqa: PLC0415 not before a run

        run = self._page.run
        if isinstance(run, Exception):
            pytest.fail(str(run), pytrace=False)
        outcome = run.outcomes[self.number]
        self.user_properties.append((_PROPERTY, tuple(tally(outcome))))
        self.add_report_section("call", "stdout", outcome.stdout)
        self.add_report_section("call", "stderr", outcome.stderr)
        if outcome.status == "not run":
            pytest.fail(outcome.reason, pytrace=False)
        if outcome.status == "failed":
            pytest.fail(failure_text(outcome), pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self._page.lesson.root / self.snippet.path, self.snippet.line - 1, self.name

    @property
    def _page(self) -> PageTests:
        assert isinstance(self.parent, PageTests)
        return self.parent


class NotebookTest(pytest.Item):
    """The notebook of an episode is what the run of its code gives."""

    def runtest(self) -> None:
        from spokeshave.notebooks.files import is_current, make_notebooks  # noqa: PLC0415
        from spokeshave.problems import LessonError  # noqa: PLC0415

        assert isinstance(self.parent, PageTests)
        run, lesson = self.parent.run, self.parent.lesson
        if isinstance(run, Exception):
            pytest.fail(str(run), pytrace=False)
        try:
            (made,) = make_notebooks(lesson, [run])
        except LessonError as error:
            raise pytest.fail.Exception(str(error), pytrace=False) from None  # else it is told twice
        if not is_current(lesson, made):
            pytest.fail(f"{made.path} is not current: run `spokeshave notebooks`", pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        assert isinstance(self.parent, PageTests)
        return self.parent.lesson.root / self.parent.page.path, 0, self.name


class ProblemTest(pytest.Item):
    """A mistake that keeps the lesson's code from being run."""

    def __init__(self, *, problem: Problem, file: Path, **others: Any) -> None:
        super().__init__(**others)
        self.problem = problem
        self.file = file

    @classmethod
    def of(cls, session: pytest.Session, root: Path, prefix: str, problem: Problem) -> ProblemTest:
        place = f"{prefix}{problem.path}:{problem.line}" if problem.line else prefix + problem.path
        found: ProblemTest = cls.from_parent(
            session, name=place, nodeid=place, problem=problem, file=root / problem.path
        )
        return found

    def runtest(self) -> None:
        pytest.fail(str(self.problem), pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.file, max(self.problem.line - 1, 0), self.nodeid
