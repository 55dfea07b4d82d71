"""What Dulwich says when Git's files are not what was written, and what the Hub says then."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from dulwich.errors import ApplyDeltaError, ChecksumMismatch, FileFormatException
from dulwich.repo import UnsupportedVersion

from practice_hub.errors import UPLOAD_AGAIN, DamagedError

DAMAGE = (
    ApplyDeltaError,
    ChecksumMismatch,
    FileFormatException,
    UnsupportedVersion,
    zlib.error,
    struct.error,
    LookupError,
    ArithmeticError,
    TypeError,
    ValueError,
    AssertionError,
)
"""What Dulwich raises where an object, a pack, its index, a reference or the settings are damaged.

`tests/practice_hub/test_damaged_repository.py` damages each byte of them.
"""


@contextmanager
def damage_named(what: str, mend: str = UPLOAD_AGAIN) -> Iterator[None]:
    """Raise DamagedError, with the name of what is damaged and how to mend it, for what Dulwich raises in here."""
    try:
        yield
    except DAMAGE:
        raise DamagedError(what, mend) from None
