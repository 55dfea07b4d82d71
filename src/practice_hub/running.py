"""Running a Hub: in this thread until it is stopped, or beside other code of this process.

```python
with running_hub(Path("data"), clock=fixed_clock("2026-01-31T12:00:00")) as running:
    os.environ |= {"HF_ENDPOINT": running.address, "HF_TOKEN": running.new_token()}
```
"""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from practice_hub.accounts import Role
from practice_hub.api import ROUTES
from practice_hub.clock import Clock, real_clock
from practice_hub.hub import Hub
from practice_hub.limits import Limits
from practice_hub.pages import ROUTES as PAGES
from practice_hub.pages.errors import error_page
from practice_hub.server import Server

LOOPBACK_HOST = "127.0.0.1"


@dataclass(frozen=True)
class RunningHub:
    """A Hub that answers at `address`."""

    address: str
    hub: Hub
    server: Server

    def new_token(self, account: str | None = None, role: Role = "write") -> str:
        """A token of an account; of the first one if none is named, and of a new one if there is none of the name."""
        accounts = self.hub.accounts
        name = account or self.hub.first_account()[0].name
        return accounts.new_token(accounts.find(name) or accounts.add_user(name), f"{name}-{role}", role)


def listen(host: str, port: int) -> list[socket.socket]:
    """Sockets on a host and port (0: any that is free). On this machine alone, also on ::1 if it has that.

    Systems try `localhost` as ::1 first; without the second socket that costs Windows two seconds each time.
    Raises OSError if the port is taken.
    """
    first = _without_delay(socket.create_server((host, port), backlog=256))
    port = first.getsockname()[1]
    if host != LOOPBACK_HOST or not socket.has_ipv6:
        return [first]
    try:
        return [
            first,
            _without_delay(socket.create_server(("::1", port), family=socket.AF_INET6, backlog=256)),
        ]
    except OSError:
        return [first]


def _without_delay(listening: socket.socket) -> socket.socket:
    """Send each piece of an answer at once; else the second one waits 40 ms for the first to be confirmed.

    asyncio does so by itself only for sockets that it opened.
    """
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def server_of(hub: Hub, hosts: Iterable[str] = ()) -> Server:
    return Server(hub, (*ROUTES, *PAGES), hosts, error_page)


def web_server(application: Server) -> uvicorn.Server:
    logging.getLogger("uvicorn.access").disabled = True  # it would write down addresses, which hold tickets
    config = uvicorn.Config(
        application,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # else whoever guesses tokens on this machine could give each guess another address
        timeout_keep_alive=75,
        timeout_graceful_shutdown=5,
    )
    return uvicorn.Server(config)


@dataclass(frozen=True)
class HubProcess:
    """A Hub that runs in a process of its own, and a token of its first account."""

    address: str
    token: str
    process: subprocess.Popen[str]


@contextmanager
def hub_process(data: Path, *, clock: str | None = None, port: int = 0) -> Iterator[HubProcess]:
    """The command `practice-hub` on a data folder. It is asked to stop at the end, if it still runs then.

    Raises RuntimeError with what the command said if it does not start.
    """
    with Hub(data) as hub:
        token = hub.accounts.new_token(hub.first_account()[0], "process", "write")
    command = [sys.executable, "-m", "practice_hub", "--port", str(port), "--data", str(data)]
    command += ["--clock", clock] if clock else []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            words = (process.stdout.readline() if process.stdout else "").split()
            address = next((word for word in words if word.startswith("http://")), None)
            if address is None:
                raise RuntimeError(f"practice-hub did not start: {' '.join(words)}")
            yield HubProcess(address, token, process)
        finally:
            process.terminate()


@contextmanager
def running_hub(
    data: Path | None = None, *, clock: Clock = real_clock, limits: Limits | None = None, port: int = 0
) -> Iterator[RunningHub]:
    """A Hub in a thread of this process. Without a data folder it gets one for as long as it runs.

    Raises FolderInUseError if another Hub is running on the folder, OSError if the port is taken.
    """
    with ExitStack() as stack:
        if data is None:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="practice-hub-"))
            data = Path(folder)
        hub = stack.enter_context(Hub(data, clock=clock, limits=limits))
        hub.first_account()
        sockets = listen(LOOPBACK_HOST, port)
        application = server_of(hub)
        web = web_server(application)
        thread = threading.Thread(target=web.run, args=(sockets,), name="practice-hub", daemon=True)
        thread.start()
        try:
            # The sockets are open already: a request that comes before the server is ready waits.
            yield RunningHub(f"http://{LOOPBACK_HOST}:{sockets[0].getsockname()[1]}", hub, application)
        finally:
            web.should_exit = True
            thread.join()
