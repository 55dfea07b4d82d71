"""`spokeshave new`, `move` and `rename`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from spokeshave.authoring.move import move as move_page
from spokeshave.authoring.new_episode import new_episode
from spokeshave.authoring.rename import rename as rename_page
from spokeshave.problems import LessonError

_lesson = click.argument("lesson", type=click.Path(path_type=Path), default=".")


@click.group()
def new() -> None:
    """Add a page to a lesson."""


@new.command()
@click.argument("title")
@_lesson
def episode(title: str, lesson: Path) -> None:
    """Write an episode to start from, and list it last in LESSON. [default: this folder]"""
    with _messages():
        click.echo(f"{new_episode(lesson, title)} written")


@click.command()
@click.argument("page")
@click.argument("position", type=int)
@_lesson
def move(page: str, position: int, lesson: Path) -> None:
    """Put PAGE at POSITION of its list in LESSON, counted from 1. File names stay."""
    with _messages():
        for number, name in enumerate(move_page(lesson, page, position), 1):
            click.echo(f"{number:2} {name}")


@click.command()
@click.argument("old")
@click.argument("new")
@_lesson
def rename(old: str, new: str, lesson: Path) -> None:
    """Give the page OLD of LESSON the file name NEW, and change all links to it."""
    with _messages():
        done = rename_page(lesson, old, new)
        for path, count in done.links.items():
            click.echo(f"{path}: {count} {'link' if count == 1 else 'links'} changed")
        click.echo(f"{done.path} is the page's new name")


@contextmanager
def _messages() -> Iterator[None]:
    try:
        yield
    except LessonError as error:
        for problem in error.problems:
            click.echo(f"error: {problem}", err=True)
        sys.exit(1)
