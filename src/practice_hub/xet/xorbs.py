"""Xorbs: files of packed chunks.

After https://github.com/huggingface/xet-core/blob/main/spec/xorb.md. A chunk is a header of eight bytes
(version, packed size, scheme, plain size) and its packed data. A footer may follow; it is not kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import lz4.frame

from practice_hub.errors import DamagedError, bad_request
from practice_hub.store.checked import Checked
from practice_hub.store.durable import move_into_place
from practice_hub.xet.hashes import Leaf, chunk_hash, xorb_hash

HEADER = 8
FOOTER_MARK = b"XETBLOB"
PLAIN, LZ4, GROUPED_LZ4 = 0, 1, 2
REMEMBERED = 64  # xorbs whose lists of chunks are kept in memory
LARGEST_CHUNK = 1 << 20  # the protocol cuts at 128 KiB; a larger one is no honest chunk

MEND = (
    "Delete the folder `xet` in your HF_HOME, which remembers what was uploaded, and upload the file again."
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Where one chunk lies in its xorb, in bytes with its header, and how large it is when unpacked."""

    start: int
    stop: int
    scheme: int
    size: int


class Xorbs:
    """The folder of xorbs, each named by its hash."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._checked = Checked()
        self._chunks: dict[str, tuple[Chunk, ...]] = {}

    def path(self, xorb: str) -> Path:
        return self.folder / xorb[:2] / xorb[2:]

    def has(self, xorb: str) -> bool:
        return self.path(xorb).is_file()

    def check(self, received: Path, xorb: str) -> None:
        """Cut the footer off a received xorb.

        Raises HubError (400) if its chunks do not have the hash in its address.
        """
        try:
            chunks = read_chunks(received)
            leaves = list(_leaves(received, chunks))
        except ValueError as error:
            raise bad_request(f"The uploaded xorb {xorb} cannot be read: {error}.") from None
        if not chunks or xorb_hash(leaves) != xorb:
            raise bad_request(f"The uploaded xorb is not {xorb}.")
        with received.open("rb+") as file:
            file.truncate(chunks[-1].stop)

    def keep(self, received: Path, xorb: str) -> None:
        """Keep a xorb that was checked."""
        move_into_place(received, self.path(xorb))

    def is_sound(self, xorb: str) -> bool:
        """Whether it is here, and what was stored."""
        try:
            return bool(self.chunks(xorb))
        except DamagedError:
            return False

    def chunks(self, xorb: str) -> tuple[Chunk, ...]:
        """The chunks of a xorb. Raises DamagedError if it is not what was stored."""
        path = self.path(xorb)
        if not path.is_file() or not self._checked.holds(path, lambda: self._is_whole(path, xorb)):
            self._chunks.pop(xorb, None)
            raise DamagedError(f"The xorb {xorb}", MEND)
        if known := self._chunks.get(xorb):
            return known
        if len(self._chunks) > REMEMBERED:
            self._chunks.clear()
        chunks = self._chunks[xorb] = read_chunks(path)
        return chunks

    @staticmethod
    def _is_whole(path: Path, xorb: str) -> bool:
        try:
            return xorb_hash(list(_leaves(path, read_chunks(path)))) == xorb
        except ValueError:
            return False

    def unpack(self, xorb: str, first: int, last: int) -> Iterator[bytes]:
        """The data of the chunks from `first` up to `last`, which is not included."""
        return unpack(self.path(xorb), self.chunks(xorb)[first:last])

    def remove(self, xorb: str) -> None:
        self.path(xorb).unlink(missing_ok=True)
        self._chunks.pop(xorb, None)


def read_chunks(path: Path) -> tuple[Chunk, ...]:
    """Where the chunks of a xorb are. Raises ValueError if it is no xorb."""
    chunks = []
    size, place = path.stat().st_size, 0
    with path.open("rb") as file:
        while place < size:
            file.seek(place)
            header = file.read(HEADER)
            if header.startswith(FOOTER_MARK):
                break
            if len(header) < HEADER or header[0] != 0 or header[4] > GROUPED_LZ4:
                raise ValueError(f"no chunk begins at byte {place}")
            stop = place + HEADER + int.from_bytes(header[1:4], "little")
            plain = int.from_bytes(header[5:8], "little")
            if stop > size or plain > LARGEST_CHUNK:
                raise ValueError(f"the chunk at byte {place} is cut off or too large")
            chunks.append(Chunk(place, stop, header[4], plain))
            place = stop
    return tuple(chunks)


def unpack(path: Path, chunks: tuple[Chunk, ...]) -> Iterator[bytes]:
    """The data of chunks, one by one. Raises ValueError if one cannot be unpacked."""
    with path.open("rb") as file:
        for chunk in chunks:
            file.seek(chunk.start + HEADER)
            packed = file.read(chunk.stop - chunk.start - HEADER)
            data = packed if chunk.scheme == PLAIN else _unpack_lz4(packed, chunk.size)
            if len(data) != chunk.size:
                raise ValueError(f"the chunk at byte {chunk.start} has not the size that it names")
            yield _ungroup(data) if chunk.scheme == GROUPED_LZ4 else data


def _unpack_lz4(packed: bytes, size: int) -> bytes:
    try:
        # One byte more than expected is enough to see that it is wrong, however far it would unpack.
        data: bytes = lz4.frame.LZ4FrameDecompressor().decompress(packed, max_length=size + 1)
    except (RuntimeError, EOFError) as error:
        raise ValueError(str(error)) from None
    return data


def _ungroup(data: bytes) -> bytes:
    """Undo byte grouping: first all first bytes of groups of four, then all second ones, and so on."""
    plain, place = bytearray(len(data)), 0
    for lane in range(4):
        count = (len(data) - lane + 3) // 4
        plain[lane::4] = data[place : place + count]
        place += count
    return bytes(plain)


def _leaves(path: Path, chunks: tuple[Chunk, ...]) -> Iterator[Leaf]:
    for data in unpack(path, chunks):
        yield chunk_hash(data), len(data)
