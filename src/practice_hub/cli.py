"""The command `practice-hub`."""

from __future__ import annotations

import logging
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click
from click.core import ParameterSource
from platformdirs import user_data_path

from practice_hub import __version__
from practice_hub.accounts import Accounts
from practice_hub.classroom import seat, without_token
from practice_hub.clock import fixed_clock, real_clock
from practice_hub.errors import HubError
from practice_hub.hub import FIRST_ACCOUNT, Hub
from practice_hub.limits import MEGABYTE, Limits
from practice_hub.running import LOOPBACK_HOST, listen, server_of, web_server
from practice_hub.server import LOOPBACK
from practice_hub.settings import settings_text
from practice_hub.sheet import sheet_page, sheet_text
from practice_hub.store.database import Database
from practice_hub.store.folder import FolderInUseError

PORT = 8100
DATA = user_data_path("practice-hub", appauthor=False)
CLASS_DATA = user_data_path("practice-hub-classroom", appauthor=False)

data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=DATA,
    show_default="your folder for data of programs",
    help="Folder in which everything is kept.",
)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="practice-hub")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0: any that is free."
)
@click.option("--host", default=LOOPBACK_HOST, show_default=True, help="Address to be reached at.")
@click.option("--clock", metavar="TIME", help="A time such as 2026-01-31T12:00:00, for all that happens.")
@data_option
@click.pass_context
def main(context: click.Context, port: int, host: str, clock: str | None, data: Path) -> None:
    """Run a small Hugging Face Hub on this machine."""
    if context.invoked_subcommand:
        _stop_for_lost_options(context)
        return
    with _running(data, host, port, clock=clock) as (hub, address):
        account, token = hub.first_account()
        click.echo(settings_text(address, data / "client", account.name, token))


def _stop_for_lost_options(context: click.Context) -> None:
    """Options before a command's name are those of running a Hub; the command would never hear of them."""
    given = [
        f"--{name}"
        for name in context.params
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    ]
    if given:
        command = f"practice-hub {context.invoked_subcommand}"
        _stop(f"{' and '.join(given)} must stand behind the command's name. See: {command} --help")


@contextmanager
def _running(
    data: Path, host: str, port: int, *, clock: str | None = None, limits: Limits | None = None
) -> Iterator[tuple[Hub, str]]:
    """A Hub and its address. It answers when the caller has said what there is to say, until it is stopped."""
    if host in {"0.0.0.0", ""} or ":" in host:
        _stop(
            f'--host "{host}" is no address to call. Name one of this machine\'s own, such as 192.168.1.20.'
        )
    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    try:
        hub = Hub(data, clock=fixed_clock(clock) if clock else real_clock, limits=limits)
    except FolderInUseError as error:
        _stop(str(error))
    except HubError as error:
        _stop(f"{data}: {error.message}")
    except ValueError as error:
        _stop(f"--clock {clock}: {error}" if clock else str(error))
    except (OSError, sqlite3.OperationalError) as error:
        _stop_for_folder(data, error)
    with hub:
        try:
            sockets = listen(host, port)
        except OSError as error:
            _stop(f"Port {port} of {host} cannot be used: {error.strerror}. Try --port 0.")
        address = f"http://{host}:{sockets[0].getsockname()[1]}"
        click.echo(f"practice-hub runs at {address} and keeps everything in {data}. Stop it with Ctrl+C.\n")
        try:
            yield hub, address
        except HubError as error:
            _stop(f"{data}: {error.message}")
        web_server(server_of(hub, [host])).run(sockets)


@main.command()
@click.option("--learners", type=click.IntRange(1, 500), required=True, help="How many accounts to make.")
@click.option(
    "--host", default=LOOPBACK_HOST, show_default=True, help="This machine's address, as the class calls it."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0: any that is free."
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=CLASS_DATA,
    show_default="a folder for data of programs, beside that of your own Hub",
    help="Folder in which everything is kept.",
)
@click.option(
    "--sheet",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A new file (HTML) for printing: one strip a person.",
)
@click.option("--renew", is_flag=True, help="Give everybody a new token, and take back the old one.")
@click.option(
    "--largest",
    type=click.IntRange(1),
    default=200,
    show_default=True,
    metavar="MB",
    help="Size of a file that the Hub takes.",
)
def classroom(
    learners: int, host: str, port: int, data: Path, sheet: Path | None, largest: int, *, renew: bool
) -> None:
    """Run a Hub for a class: accounts learner-01, learner-02 and so on, and one for the teacher."""
    with _running(data, host, port, limits=Limits(large_file=largest * MEGABYTE)) as (hub, address):
        if host in LOOPBACK:
            click.echo(
                "Only this machine reaches it. For a class, name this machine's address with --host.\n"
            )
        _enroll(hub, address, learners, sheet, renew=renew)


def _enroll(hub: Hub, address: str, learners: int, sheet: Path | None, *, renew: bool) -> None:
    """Make the accounts and say what they are. A sheet's file is made first: no token is made that is lost then."""
    if not without_token(hub.accounts, learners, renew=renew):
        click.echo(
            "The accounts are there already, with the tokens that were shown when they were made."
            " --renew gives everybody a new one. For one person, while the Hub runs:"
            f" practice-hub token learner-01 --data {hub.folder.root}"
        )
        return
    try:
        file = os.open(sheet, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600) if sheet else None
    except OSError as error:
        _stop(f"{sheet}: {error.strerror}. Name a new file with --sheet.")
    seats = seat(hub.accounts, learners, renew=renew)
    click.echo(sheet_text(address, seats))
    if file is not None:
        with os.fdopen(file, "w", encoding="utf-8") as page:
            page.write(sheet_page(address, seats))
        click.echo(f"{sheet} is the same for printing. It holds the tokens: delete it when it is printed.")


@main.command()
@click.argument("account", default=FIRST_ACCOUNT)
@click.option("--read-only", is_flag=True, help="It may not upload.")
@click.option("--name", default="practice", show_default=True, help="What the token is called.")
@data_option
def token(account: str, data: Path, name: str, *, read_only: bool) -> None:
    """Make a new token for ACCOUNT and print it. [default: your-username]"""
    path = data / "hub.sqlite"
    if not path.is_file():
        _stop(f"{data}: there is no Hub in this folder. Start one first: practice-hub --data {data}")
    try:
        accounts = Accounts(Database(path), real_clock)
        click.echo(accounts.new_token(accounts.get(account), name, "read" if read_only else "write"))
    except HubError as error:
        _stop(error.message)
    except sqlite3.OperationalError as error:
        _stop_for_folder(data, error)


def _stop_for_folder(data: Path, error: OSError | sqlite3.OperationalError) -> NoReturn:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    _stop(f"{data}: nothing can be written here ({reason}). Check space and rights, or use --data.")


def _stop(message: str) -> NoReturn:
    click.echo(f"error: {message}", err=True)
    sys.exit(1)
