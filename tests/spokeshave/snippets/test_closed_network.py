"""Which events of Python would reach another machine. That they come, and are refused, is in `cases/run.yaml`."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

_MODULE = "spokeshave.snippets.isolated.sitecustomize"
_CLOSED = "the network is closed to lesson code, but for this machine"
Hook = Callable[[str, tuple[Any, ...]], None]


@pytest.fixture(scope="module")
def hook() -> Iterator[Hook]:
    """What the module gives Python to ask, given to the test instead: a hook stays for as long as a process runs."""
    hooks: list[Hook] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "addaudithook", hooks.append)
        patch.delitem(sys.modules, _MODULE, raising=False)
        importlib.import_module(_MODULE)
    yield hooks[0]
    sys.modules.pop(_MODULE, None)


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("open", ("/etc/hosts", "r", 0)),
        ("socket.bind", (None, ("192.0.2.1", 80))),
        ("socket.connect", (None, ("127.0.0.1", 80))),
        ("socket.connect", (None, ("127.8.0.1", 9))),
        ("socket.connect", (None, ("0.0.0.0", 80))),
        ("socket.connect", (None, ("localhost", 80))),
        ("socket.connect", (None, ("LocalHost", 80))),
        ("socket.connect", (None, ("", 80))),
        ("socket.connect", (None, ("::1", 80, 0, 0))),
        ("socket.connect", (None, ("::", 80, 0, 0))),
        ("socket.connect", (None, ("::1%lo", 80, 0, 0))),
        ("socket.connect", (None, ("::ffff:127.0.0.1", 80, 0, 0))),
        ("socket.connect", (None, "/run/a.socket")),
        ("socket.sendto", (None, ("127.0.0.1", 80))),
        ("socket.sendto", (None, None)),
        ("socket.sendmsg", (None, None)),
        ("socket.getnameinfo", (("127.0.0.1", 80),)),
        ("socket.getaddrinfo", ("localhost", 80, 0, 0, 0)),
        ("socket.getaddrinfo", (b"localhost", None, 0, 0, 0)),
        ("socket.getaddrinfo", (None, 80, 0, 0, 0)),
        ("socket.gethostbyname", ("127.0.0.1",)),
        ("socket.gethostbyaddr", ("::1",)),
    ],
)
def test_stays_here(event: str, arguments: tuple[Any, ...], hook: Hook) -> None:
    hook(event, arguments)


@pytest.mark.parametrize(
    ("event", "arguments", "told"),
    [
        ("socket.connect", (None, ("192.0.2.1", 80)), ": 192.0.2.1:80"),
        ("socket.connect", (None, ("127.0.0.1.example.org", 80)), ": 127.0.0.1.example.org:80"),
        ("socket.connect", (None, ("2001:db8::1", 443, 0, 0)), ": 2001:db8::1:443"),
        ("socket.connect", (None, ("fe80::1%eth0", 443, 5, 2)), ": fe80::1%eth0:443"),
        ("socket.connect", (None, ("::ffff:192.0.2.1", 80, 0, 0)), ": ::ffff:192.0.2.1:80"),
        ("socket.connect", (None, ("192.0.2.1", 0)), ": 192.0.2.1"),
        ("socket.connect", (None, ("127.0.0.1", 9)), ""),
        ("socket.sendto", (None, ("192.0.2.1", 53)), ": 192.0.2.1:53"),
        ("socket.sendmsg", (None, ("192.0.2.1", 53)), ": 192.0.2.1:53"),
        ("socket.getnameinfo", (("192.0.2.1", 80),), ": 192.0.2.1:80"),
        ("socket.getaddrinfo", ("example.org", 443, 0, 0, 0), ": example.org:443"),
        ("socket.getaddrinfo", ("example.org", None, 0, 0, 0), ": example.org"),
        ("socket.getaddrinfo", (b"\xffa", 1, 0, 0, 0), r": b'\xffa':1"),
        ("socket.getaddrinfo", ("127.0.0.1", 9, 0, 0, 0), ""),
        ("socket.gethostbyname", ("example.org",), ": example.org"),
        ("socket.gethostbyaddr", ("192.0.2.1",), ": 192.0.2.1"),
    ],
)
def test_is_refused(event: str, arguments: tuple[Any, ...], told: str, hook: Hook) -> None:
    with pytest.raises(PermissionError) as error:
        hook(event, arguments)
    assert str(error.value) == _CLOSED + told
