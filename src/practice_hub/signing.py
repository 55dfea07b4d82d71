"""Signed tickets: addresses of files and keys of the Xet store that are good for a while, without an account."""

from __future__ import annotations

import base64
import hmac
import json
import time
from typing import Any

from practice_hub.errors import HubError

LIFETIME = 3600  # seconds
_LEEWAY = 60
"""Seconds by which the clock may be set back without a ticket losing its validity."""


class Signer:
    """Makes tickets, and reads those that this Hub made."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def sign(self, purpose: str, **fields: str | int) -> str:
        """A ticket for a purpose. It ends after `LIFETIME`, by the real clock: a fixed one would never end it."""
        fields = {"for": purpose, "until": int(time.time()) + LIFETIME, **fields}
        data = json.dumps(fields, separators=(",", ":")).encode()
        return f"{_text(data)}.{_text(self._mac(data))}"

    def read(self, purpose: str, ticket: str) -> dict[str, Any]:
        """What a ticket says. Raises HubError (403) if it was not made here, for this, or is too old.

        So is one from the future: the clock was set back since, and nobody can tell how old it is.
        """
        try:
            data, mac = (_bytes(part) for part in ticket.split("."))
            good = hmac.compare_digest(mac, self._mac(data))
        except ValueError:
            good = False
        fields: dict[str, Any] = json.loads(data) if good else {}
        left = fields.get("until", 0) - time.time()
        if fields.get("for") != purpose or not 0 <= left <= LIFETIME + _LEEWAY:
            raise HubError(403, "This address is not valid, or not any more.")
        return fields

    def _mac(self, data: bytes) -> bytes:
        return hmac.digest(self._secret, data, "sha256")


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
