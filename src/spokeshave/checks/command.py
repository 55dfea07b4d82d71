"""`spokeshave check`: says what is wrong with a lesson that builds."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from spokeshave.checks.form import from_problem
from spokeshave.checks.formats import FORMATS
from spokeshave.checks.run import CheckResult, check_lesson, judge
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
def check(lesson: Path, form: str) -> None:
    """Say what is wrong with LESSON: links, headings, images, episodes, words. [default: this folder]

    Errors are what a reader finds broken; with one of them the exit code is 1, with warnings 0. A comment
    directly above what a rule is about allows it: <!-- allow RULE: why it is right here -->.
    """
    result = checked(lesson)
    click.echo(FORMATS[form](result), nl=False)
    click.echo(_summary(result), err=True)
    if result.errors:
        sys.exit(1)


def checked(lesson: Path) -> CheckResult:
    """The result for the lesson in a folder. One that cannot be read has no pages."""
    try:
        return judge(*check_lesson(read_lesson(lesson)), web=False)
    except LessonError as error:
        found = sorted(from_problem(problem, "broken") for problem in error.problems)
        return CheckResult(tuple(found), (), 0)


def _summary(result: CheckResult) -> str:
    return (
        f"check: {result.pages} pages, {result.errors} errors, {result.warnings} warnings, "
        f"{len(result.allowed)} allowed"
    )
