"""The command `practice-hub`."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import NoReturn

import click
from platformdirs import user_data_path

from practice_hub import __version__
from practice_hub.accounts import Accounts
from practice_hub.clock import fixed_clock, real_clock
from practice_hub.errors import HubError
from practice_hub.hub import FIRST_ACCOUNT, Hub
from practice_hub.running import LOOPBACK_HOST, listen, server_of, web_server
from practice_hub.settings import settings_text
from practice_hub.store.database import Database
from practice_hub.store.folder import FolderInUseError

PORT = 8100
DATA = user_data_path("practice-hub", appauthor=False)

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
        return
    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    try:
        hub = Hub(data, clock=fixed_clock(clock) if clock else real_clock)
        account, token = hub.first_account()
        sockets = listen(host, port)
    except FolderInUseError as error:
        _stop(str(error))
    except HubError as error:
        _stop(f"{data}: {error.message}")
    except ValueError as error:
        _stop(f"--clock {clock}: {error}" if clock else str(error))
    except OSError as error:
        _stop(
            f"Port {port} of {host} or the folder {data} cannot be used: {error.strerror}. Try --port 0 or --data."
        )
    with hub:
        address = f"http://{host}:{sockets[0].getsockname()[1]}"
        click.echo(f"practice-hub runs at {address} and keeps everything in {data}. Stop it with Ctrl+C.\n")
        click.echo(settings_text(address, data / "client", account.name, token))
        web_server(server_of(hub, [host])).run(sockets)


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
    accounts = Accounts(Database(path), real_clock)
    try:
        click.echo(accounts.new_token(accounts.get(account), name, "read" if read_only else "write"))
    except HubError as error:
        _stop(error.message)


def _stop(message: str) -> NoReturn:
    click.echo(f"error: {message}", err=True)
    sys.exit(1)
