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

_TO_ADDRESS = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.getnameinfo": 0}
"""Which argument of an event is the address of a socket."""
_TO_NAME = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_NO_PROXY = ("127.0.0.1", 9)
"""Where `isolation.py` sends programs that ask a proxy."""


def _refuse_strangers(event: str, args: tuple[Any, ...]) -> None:
    """Raise `PermissionError` where `event` would reach another machine."""
    if event in _TO_ADDRESS:
        address = args[_TO_ADDRESS[event]]
        # Sockets of files have a path for an address, connected ones none.
        host, place = (address[0], address) if isinstance(address, tuple) else (None, None)
    elif event in _TO_NAME:
        host, place = args[0], args[:2]
    else:
        return
    if host is not None and (place == _NO_PROXY or not _is_here(host)):
        name = ":".join(str(part) for part in (place or ())[:2] if part not in (None, 0))
        told = "" if place == _NO_PROXY else f": {name}"
        raise PermissionError(f"the network is closed to lesson code, but for this machine{told}")


def _is_here(host: object) -> bool:
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if text.lower() in ("", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_loopback or address.is_unspecified


sys.addaudithook(_refuse_strangers)
