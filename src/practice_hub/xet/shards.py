"""Shards: lists of which runs of chunks make up which files.

After https://github.com/huggingface/xet-core/blob/main/spec/shard.md. Every record has 48 bytes. Only the
part about files is read: what xorbs hold is read from the xorbs.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from practice_hub.errors import bad_request
from practice_hub.xet.hashes import hash_text

RECORD = 48
TAG_LENGTH, VERSION = 32, 2
WITH_VERIFICATION, WITH_METADATA = 1 << 31, 1 << 30
BOOKEND = b"\xff" * 32


@dataclass(frozen=True, slots=True)
class Term:
    """A run of chunks: from `first` up to `last` (not included) of a xorb, `size` bytes when unpacked."""

    xorb: str
    size: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ShardFile:
    """What a shard says of a file."""

    hash: str
    terms: tuple[Term, ...]


def read_shard(data: bytes) -> list[ShardFile]:
    """The files in a shard. Raises HubError (400) if it is not as the protocol says."""
    try:
        (version,) = struct.unpack_from("<Q", data, TAG_LENGTH)
        if version != VERSION:
            raise bad_request(f"Version {version} of shards is not known here.")
        return list(_files(data))
    except struct.error:
        raise bad_request("The shard is cut off.") from None


def _files(data: bytes) -> Iterator[ShardFile]:
    place = RECORD
    while True:
        raw, flags, count = struct.unpack_from("<32sII8x", data, place)
        if raw == BOOKEND:
            return
        place += RECORD
        if place + count * RECORD > len(data):
            raise bad_request("The shard is cut off.")
        terms = tuple(_term(data, place + index * RECORD) for index in range(count))
        place += count * RECORD * (2 if flags & WITH_VERIFICATION else 1)
        place += RECORD if flags & WITH_METADATA else 0
        yield ShardFile(hash_text(raw), terms)


def _term(data: bytes, place: int) -> Term:
    raw, size, first, last = struct.unpack_from("<32s4xIII", data, place)
    return Term(hash_text(raw), size, first, last)
