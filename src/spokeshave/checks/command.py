"""`spokeshave check`: says what is wrong with a lesson that builds."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from spokeshave.checks import external
from spokeshave.checks.form import from_problem
from spokeshave.checks.formats import FORMATS
from spokeshave.checks.run import CheckResult, check_lesson, judge
from spokeshave.checks.web_memory import read_memory
from spokeshave.problems import LessonError
from spokeshave.reader import read_lesson


@click.command()
@click.argument("lesson", type=click.Path(path_type=Path), default=".")
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMATS]),
    default="text",
    show_default=True,
    help="Lines of text, JSON, or annotations for GitHub Actions.",
)
@click.option("--external", "web", is_flag=True, help="Ask the web whether the pages linked to exist, too.")
@click.option(
    "--ignore", multiple=True, metavar="PATTERN", help="Web addresses not to ask for: 'https://x.org/*'."
)
@click.option(
    "--ignore-file",
    type=click.Path(path_type=Path),
    help="A file of such patterns, one a line, each with its reason behind ` #`.",
)
def check(lesson: Path, form: str, *, web: bool, ignore: tuple[str, ...], ignore_file: Path | None) -> None:
    """Say what is wrong with LESSON: links, headings, images, episodes, words. [default: this folder]

    Errors are what a reader finds broken; with one of them the exit code is 1, with warnings 0. A comment
    directly above what a rule is about allows it: <!-- allow RULE: why it is right here -->.
    """
    result = _checked(lesson, web=web, ignore=ignore, ignore_file=ignore_file)
    click.echo(FORMATS[form](result), nl=False)
    click.echo(_summary(result), err=True)
    if result.errors:
        sys.exit(1)


def _checked(lesson: Path, *, web: bool, ignore: Sequence[str], ignore_file: Path | None) -> CheckResult:
    """The result for the lesson in a folder. One that cannot be read has no pages."""
    try:
        ignored = (*external.RESERVED, *ignore, *(external.read_ignored(ignore_file) if ignore_file else ()))
        gathered, found = check_lesson(read_lesson(lesson))
        if web:
            memory = read_memory(gathered.lesson.root, date.today())
            found += external.check_external(gathered, memory, ignored)
        return judge(gathered, found, web=web)
    except LessonError as error:
        problems = sorted(from_problem(problem, "broken") for problem in error.problems)
        return CheckResult(tuple(problems), (), 0)


def _summary(result: CheckResult) -> str:
    return (
        f"check: {result.pages} pages, {_counted(result.errors, 'error')}, {_counted(result.warnings, 'warning')}, "
        f"{len(result.allowed)} allowed"
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
