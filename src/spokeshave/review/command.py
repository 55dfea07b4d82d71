"""`spokeshave review`: the checklists of The Carpentries Lab, filled in from the lesson."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from spokeshave.checks.run import check_lesson, judge
from spokeshave.problems import LessonError
from spokeshave.reader import read_lesson
from spokeshave.review.editor import EDITOR
from spokeshave.review.evidence import Evidence
from spokeshave.review.markdown import checklist
from spokeshave.review.reviewer import REVIEWER

_LISTS = {
    "editor": ("Editor's checklist", "docs/editor_guide.md", EDITOR),
    "reviewer": ("Reviewer's checklist", "docs/reviewer_guide.md", REVIEWER),
}


@click.command()
@click.argument("lesson", type=click.Path(path_type=Path), default=".")
@click.option("--for", "whom", type=click.Choice([*_LISTS, "both"]), default="both", show_default=True)
def review(lesson: Path, whom: str) -> None:
    """Print the checklists of The Carpentries Lab for LESSON, as Markdown to paste into a review.

    What a program can see is ticked, with the places where it saw it; what takes a person is listed.
    """
    try:
        gathered, found = check_lesson(read_lesson(lesson))
    except LessonError as error:
        for problem in error.problems:
            click.echo(f"error: {problem}", err=True)
        sys.exit(1)
    seen = Evidence(gathered, judge(gathered, found, web=False))
    lists = [_LISTS[name] for name in _LISTS if whom in (name, "both")]
    click.echo("\n".join(checklist(*which, seen) for which in lists), nl=False)
