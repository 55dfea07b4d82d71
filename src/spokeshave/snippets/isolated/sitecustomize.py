"""Closes the network to lesson code, but for this machine itself.

Python imports a module of this name when it starts, in every process of the lesson's code. It holds
for all that goes through Python's own sockets. Programs that are not Python are kept off the network
by proxies that do not exist (see `isolation.py`); they could still open a socket themselves.
Source: "Audit events table" of the Python documentation.
"""

from __future__ import annotations

import ipaddress
import sys
from typing import Any

_TO_ADDRESS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_TO_NAME = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})


def _refuse_strangers(event: str, args: tuple[Any, ...]) -> None:
    """Raise `PermissionError` where `event` would reach another machine."""
    if event in _TO_ADDRESS:
        # Sockets of files have a path for an address, connected ones none.
        host, place = (args[1][0], args[1]) if isinstance(args[1], tuple) else (None, None)
    elif event in _TO_NAME:
        host, place = args[0], args[:2]
    else:
        return
    if host is not None and not _is_here(host):
        name = ":".join(str(part) for part in (place or ())[:2] if part not in (None, 0))
        raise PermissionError(f"the network is closed to lesson code, but for this machine: {name}")


def _is_here(host: object) -> bool:
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if text in ("", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


sys.addaudithook(_refuse_strangers)
