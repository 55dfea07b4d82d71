"""Who may ask the preview: nobody at another address, under another name, or from a page of another site."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest

from tests.spokeshave.serve.previews import GUARD, Preview


def status(running: Preview, request: str) -> int:
    """Send a request as it is written here; gives the status of the answer."""
    place = urlsplit(running.address)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=GUARD) as connection:
        connection.sendall(request.encode())
        return int(connection.recv(100).split()[1])


def test_it_answers_at_its_own_address_alone(running: Preview) -> None:
    """On Linux all of 127.0.0.0/8 is this machine."""
    port = urlsplit(running.address).port
    for address in ("127.0.0.2", "::1"):
        with pytest.raises(OSError, match=r"."):
            socket.create_connection((address, port), timeout=GUARD)


@pytest.mark.parametrize(
    "head",
    [
        "GET /{} HTTP/1.1\r\nHost: evil.example",
        "GET /{} HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example",
        "GET /{} HTTP/1.1\r\nHost: user@127.0.0.1",
        "GET /{} HTTP/1.1\r\nHost: localhost.",
        "GET /{} HTTP/1.1",
        "GET http://evil.example/{} HTTP/1.1\r\nHost: 127.0.0.1",
    ],
)
@pytest.mark.parametrize("path", ["", "nothing.html", "_preview/reload.js", "_preview/events"])
def test_other_names(running: Preview, head: str, path: str) -> None:
    assert status(running, f"{head.format(path)}\r\nConnection: close\r\n\r\n") == 421


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", ["", "_preview/reload.js", "_preview/events"])
def test_what_pages_of_other_sites_load(running: Preview, site: str, path: str) -> None:
    """Another port of this machine is another site too. A link to the preview may be followed."""
    head = f"GET /{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nSec-Fetch-Site: {site}\r\n"
    assert status(running, f"{head}Sec-Fetch-Mode: cors\r\n\r\n") == 403
    assert status(running, f"{head}Sec-Fetch-Mode: navigate\r\n\r\n") == 200


@pytest.mark.parametrize(
    "path", ["/%252e%252e/lesson/config.yaml", "/C:/Windows/win.ini", "/C:%5cWindows", "/.%2e/%2e./x"]
)
def test_further_ways_out(running: Preview, path: str) -> None:
    assert running.ask(path)[0].status == 404
