"""`spokeshave serve`."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from types import FrameType

import click

from spokeshave.preview.board import Board
from spokeshave.preview.builder import Builder
from spokeshave.preview.server import PreviewServer, serving
from spokeshave.preview.watch import Watch

DEFAULT_PORT = 8000
_FURTHER = 20
"""How many ports after the first are tried if none was named."""
_LOOK = 0.03  # seconds between two looks at the files
_REST = 0.5
"""Seconds without a change until the pages that gather from episodes are built anew too."""


@click.command()
@click.argument("lesson", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
@click.option("--host", default="127.0.0.1", show_default=True, help="Name or address to answer at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help=f"Port; 0: any free one. [default: {DEFAULT_PORT}, or the next free one]",
)
@click.option("--scripts", is_flag=True, help="Run the lesson's own scripts too: for lessons that you trust.")
def serve(lesson: Path, host: str, port: int | None, scripts: bool) -> None:
    """Show LESSON in the browser while it is written. Ctrl-C ends it. [default: this folder]"""
    board = Board()
    server = _server(host, port, board, scripts=scripts)
    stop = _Stop()
    with TemporaryDirectory(prefix="spokeshave-preview-") as place, serving(server):
        watch = Watch(lesson)
        builder = Builder(lesson, Path(place), board, _say)
        builder.build()
        _say("Preview, without search, site.zip and pictures for shared links; Ctrl-C ends it:")
        name = f"[{host}]" if ":" in host else host
        click.echo(f"http://{name}:{server.server_port}/")
        _follow(watch, builder, stop)


class _Stop:
    """Whether the command was asked to end, by Ctrl-C or SIGTERM."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, _signal: int, _frame: FrameType | None) -> None:
        self.asked = True


def _follow(watch: Watch, builder: Builder, stop: _Stop) -> None:
    """Build what changes until the command is asked to end."""
    rest_at: float | None = None
    while not stop.asked:
        changed = watch.changes()
        started = perf_counter()
        if changed:
            built = builder.build_episodes(changed)
            rest_at = None if built is None else started + _REST
            if built is None:
                built = builder.build()
            if built:
                _say(f"{_named(changed)}: shown after {perf_counter() - started:.2f} s")
        elif rest_at is not None and started >= rest_at:
            rest_at = None
            builder.build()
        sleep(_LOOK)


def _named(changed: frozenset[str]) -> str:
    first = min(changed)
    return first if len(changed) == 1 else f"{first} and {len(changed) - 1} more"


def _server(host: str, port: int | None, board: Board, *, scripts: bool) -> PreviewServer:
    """A server on the port, or on the first free one if none is named. Ends the command if there is none."""
    ports = range(DEFAULT_PORT, DEFAULT_PORT + _FURTHER) if port is None else (port,)
    reason = ""
    for number in ports:
        try:
            return PreviewServer(host, number, board, scripts=scripts)
        except OSError as error:
            reason = error.strerror or str(error)
    fix = "Name another one with --port, or leave --port out for the next free one"
    click.echo(f"error: {host}:{ports[-1]}: the preview cannot answer here ({reason}). {fix}.", err=True)
    sys.exit(1)


def _say(text: str) -> None:
    click.echo(text, err=True)
