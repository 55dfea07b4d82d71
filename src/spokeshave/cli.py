"""The command line."""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

import click

from spokeshave import __version__
from spokeshave.authoring.command import move, new, rename
from spokeshave.bodies import Bodies
from spokeshave.checks.command import check
from spokeshave.notebooks.command import notebooks
from spokeshave.output import OutputFolder
from spokeshave.preview.command import serve
from spokeshave.problems import LessonError
from spokeshave.reader import read_lesson
from spokeshave.review.command import review
from spokeshave.site import Extras, build_site
from spokeshave.site_folder import in_site
from spokeshave.snippets.command import snippets
from spokeshave.snippets.record import known_runs
from spokeshave.timetable.command import schedule


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="spokeshave")
def main() -> None:
    """Build a Carpentries Workbench lesson, in Python alone."""


main.add_command(serve)
main.add_command(check)
main.add_command(review)
main.add_command(snippets)
main.add_command(notebooks)
main.add_command(new)
main.add_command(move)
main.add_command(rename)
main.add_command(schedule)


@main.command()
@click.argument("lesson", type=click.Path(path_type=Path), default=".")
@click.option(
    "--to", "target", type=click.Path(path_type=Path), help="Output folder. [default: LESSON/site/docs]"
)
@click.option(
    "--record",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="What `spokeshave snippets --record` wrote. [default: LESSON/site/snippets.json, if there]",
)
@click.option("--for-web", is_flag=True, help="Make the 404 page work at any depth of the published site.")
@click.option(
    "--offline-copy/--no-offline-copy",
    default=True,
    help="Whether the site offers itself as one file, site.zip.",
)
@click.option("-v", "--verbose", is_flag=True, help="Name every page that is built.")
def build(
    lesson: Path,
    target: Path | None,
    record: Path | None,
    *,
    for_web: bool,
    offline_copy: bool,
    verbose: bool,
) -> None:
    """Build the site of LESSON, a folder with a config.yaml. [default: this folder]"""
    started = perf_counter()
    progress = _Progress(verbose=verbose)
    try:
        reading = read_lesson(lesson)
        for warning in reading.warnings:
            click.echo(f"warning: {warning}", err=True)
        place = target or in_site(lesson, "docs", ", or name a folder with --to")
        with OutputFolder(place, _say_that_it_waits) as output:
            bodies = Bodies()
            ran = known_runs(reading.lesson, record)
            extras = Extras(ran, search=True, offline_copy=offline_copy, for_web=for_web)
            build_site(reading.lesson, output, bodies, extras, show=progress.show)
            output.finish()
            progress.clear()
            for warning in bodies.warnings:
                click.echo(f"warning: {warning}", err=True)
    except LessonError as error:
        progress.clear()
        for problem in error.problems:
            click.echo(f"error: {problem}", err=True)
        sys.exit(1)
    progress.clear()
    pages = sum(path.endswith(".html") for path in output.paths)
    click.echo(f"Built {pages} pages in {perf_counter() - started:.2f} s:", err=True)
    click.echo(output.target / "index.html")


def _say_that_it_waits() -> None:
    click.echo("Another build writes this site now. This one waits until it has ended.", err=True)


class _Progress:
    """Says what is being built: a line a page if verbose, one changing line on a terminal, else nothing."""

    def __init__(self, *, verbose: bool) -> None:
        self.verbose = verbose
        self.terminal = sys.stderr.isatty() and not verbose

    def show(self, path: str) -> None:
        if self.verbose:
            click.echo(path, err=True)
        elif self.terminal:
            click.echo(f"\r\x1b[K{path}", err=True, nl=False)

    def clear(self) -> None:
        if self.terminal:
            click.echo("\r\x1b[K", err=True, nl=False)
