"""`spokeshave notebooks`: writes the notebooks of a lesson, or says which are not current."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from spokeshave.problems import LessonError
from spokeshave.reader import read_lesson


@click.command()
@click.argument("lesson", type=click.Path(path_type=Path), default=".")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a notebook is not current.")
@click.option("-j", "--jobs", type=click.IntRange(1), help="How many episodes run at once. [default: cores]")
@click.option(
    "--service", metavar="MODULE:FUNCTION", help="What starts a service that the code of a page needs."
)
def notebooks(lesson: Path, *, check: bool, jobs: int | None, service: str | None) -> None:
    """Write each episode of LESSON that has Python code as a Jupyter notebook, with real outputs.

    They go to episodes/files, from where the site offers them, and belong into the repository.
    """
    # Other commands need not load what runs code and reads notebooks.
    from spokeshave.notebooks.files import (  # noqa: PLC0415
        episodes_with_python,
        is_current,
        leftovers,
        make_notebooks,
        write_notebook,
    )
    from spokeshave.snippets.collect import collect_pages  # noqa: PLC0415
    from spokeshave.snippets.run import run_pages  # noqa: PLC0415
    from spokeshave.snippets.service import load_service  # noqa: PLC0415

    try:
        read = read_lesson(lesson).lesson
        started = load_service(service, read.root) if service else None
        pages = episodes_with_python(read, collect_pages(read))
        runs = run_pages(read, pages, jobs, service=started)
        made = make_notebooks(read, runs)
        stale = [notebook for notebook in made if not is_current(read, notebook)]
        for notebook in [] if check else stale:
            write_notebook(read, notebook)
    except LessonError as error:
        for problem in error.problems:
            click.echo(f"error: {problem}", err=True)
        sys.exit(1)
    extra = [place.relative_to(read.root).as_posix() for place in leftovers(read, made)]
    for path in (*(notebook.path for notebook in stale), *extra):
        click.echo(f"{path} {_STATES[check, path in extra]}")
    click.echo(f"notebooks: {len(made)}, of which {len(made) - len(stale)} were current", err=True)
    if check and (stale or extra):
        sys.exit(1)


_STATES = {
    (False, False): "written",
    (True, False): "is not current: run `spokeshave notebooks`",
    (False, True): "has no Python code any more: remove it",
    (True, True): "has no Python code any more: remove it",
}
"""What is said of a notebook, by whether it is only checked and whether its episode has no code."""
