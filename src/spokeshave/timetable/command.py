"""`spokeshave schedule`."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path

import click

from spokeshave.lesson import Lesson
from spokeshave.problems import LessonError, Problem
from spokeshave.reader import read_lesson
from spokeshave.theme import words
from spokeshave.timetable.calendar import calendar
from spokeshave.timetable.plan import Plan


@click.command()
@click.argument("lesson", type=click.Path(path_type=Path), default=".")
@click.option("--plan", "identifier", help="The id of the plan. [default: the first]")
@click.option(
    "--date",
    "starts",
    type=click.DateTime(["%Y-%m-%d"]),
    multiple=True,
    help="When it is taught, as 2027-03-01: the first day, the next days follow; or once for each day. "
    "[default: as in config.yaml]",
)
def schedule(lesson: Path, identifier: str | None, starts: tuple[datetime, ...]) -> None:
    """Print a plan of LESSON's timetable as a file for calendars (.ics). [default: this folder]

    Times are those of wherever the calendar is, unless the plan has a `zone`.
    """
    try:
        read = read_lesson(lesson).lesson
        plan = _dated(_plan(read, identifier), starts)
    except LessonError as error:
        for problem in error.problems:
            click.echo(f"error: {problem}", err=True)
        sys.exit(1)
    # As bytes: lines of this format end the same way on every system.
    sys.stdout.buffer.write(calendar(read, plan, words(read.settings.language)).encode())


def _plan(lesson: Lesson, identifier: str | None) -> Plan:
    if not lesson.timetable:
        raise _error("the lesson has no plan", "Add one below the key `timetable`")
    for plan in lesson.timetable:
        if identifier in (None, plan.identifier):
            return plan
    known = ", ".join(plan.identifier for plan in lesson.timetable)
    raise _error(f"there is no plan `{identifier}`", f"Plans are {known}")


def _dated(plan: Plan, starts: tuple[datetime, ...]) -> Plan:
    count = len(plan.days)
    if len(starts) == 1:
        try:
            starts = tuple(starts[0] + timedelta(days=number) for number in range(count))
        except OverflowError:
            raise _error("the calendar ends before the plan does", "Give an earlier `--date`") from None
    if starts and len(starts) != count:
        raise _error(f"the plan has {count} days", f"Give `--date` once, or {count} times")
    if not starts and not plan.is_dated:
        raise _error("the plan has no dates", "Say when it begins: `--date 2027-03-01`")
    return plan.on(tuple(start.date() for start in starts)) if starts else plan


def _error(message: str, fix: str) -> LessonError:
    return LessonError(Problem("config.yaml", 0, message, fix))
