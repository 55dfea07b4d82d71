"""Looks for secrets in everything that was written: names and contents of files, packed ones too.

What counts: the canary, its last eight signs, the canary in base64 (as in HTTP's Basic), `Bearer ` with eight or more
signs of a token behind it, and any token of the Hub: `hf_` with thirty or more letters and digits. `Bearer $TOKEN`,
`Bearer {token}` and `Bearer …` are placeholders.

Zip files, gzip files (Pagefind's index) and zlib streams (Git objects) are unpacked, also in one another. Git packs and
the chunks of the Xet protocol (LZ4) are not: they are searched as they are.
"""

from __future__ import annotations

import base64
import gzip
import io
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

CANARY, TAIL, ENCODED = "the canary", "the canary's end", "the canary in base64"
BEARER, TOKEN = "a bearer", "a token"
_BEARER = re.compile(rb"Bearer [A-Za-z0-9][A-Za-z0-9._~+/=-]{7,}")
_TOKEN = re.compile(rb"hf_[A-Za-z0-9]{30,}")
_LARGEST = 300_000_000
"""Bytes of one file that are looked at in one piece, or unpacked."""
_DEEPEST = 3


@dataclass(frozen=True)
class Found:
    """A secret: what it is, and where. A `!` in a path leads into a packed file."""

    what: str
    where: str


@dataclass(frozen=True)
class Search:
    """What was found, in how many files, and how many more that were packed in these."""

    found: tuple[Found, ...]
    files: int
    packed: int


def search(files: Iterable[tuple[str, Path]], token: str) -> Search:
    """Search these files; each comes with the name under which it is reported."""
    found: list[Found] = []
    number = packed = 0
    for name, path in files:
        number += 1
        found += [Found(what, name) for what in kinds(name.encode(errors="surrogateescape"), token)]
        for where, content in _contents(name, path):
            packed += where != name
            found += [Found(what, where) for what in kinds(content, token)]
    return Search(tuple(dict.fromkeys(found)), number, packed)


def kinds(content: bytes, token: str) -> list[str]:
    """Which secrets are in it."""
    own = token.encode()
    checks = {
        CANARY: own in content,
        TAIL: own not in content and own[-8:] in content,
        ENCODED: any(part in content for part in _encoded(own)),
        BEARER: b"Bearer " in content and bool(_BEARER.search(content)),
        TOKEN: b"hf_" in content and any(match[0] != own for match in _TOKEN.finditer(content)),
    }
    return [what for what, there in checks.items() if there]


def _encoded(token: bytes) -> list[bytes]:
    """The middle of the token's base64, for each of the three ways in which it may begin."""
    return [base64.b64encode(b"." * shift + token)[8:-8] for shift in range(3)]


def files_below(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    """Regular files below a folder; links are not followed."""
    for place, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(place, name)
            if path.is_file() and not path.is_symlink():
                yield f"{prefix}/{path.relative_to(folder).as_posix()}", path


def _contents(name: str, path: Path) -> Iterator[tuple[str, bytes]]:
    with path.open("rb") as file:
        while piece := file.read(_LARGEST):
            yield name, piece
            if len(piece) < _LARGEST:
                yield from _unpacked(name, piece, 0)
                return
            file.seek(-4096, os.SEEK_CUR)  # a secret may lie on the edge


def _unpacked(name: str, content: bytes, depth: int) -> Iterator[tuple[str, bytes]]:
    """What is packed in it, if it is one of the kinds that we know. A broken one is left as it is."""
    if depth == _DEEPEST:
        return
    try:
        parts = list(_parts(content))
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return
    for inner, part in parts:
        yield f"{name}!{inner}", part
        yield from _unpacked(f"{name}!{inner}", part, depth + 1)


def _parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                if entry.file_size < _LARGEST:
                    yield entry.filename, archive.read(entry)
    elif content[:2] == b"\x1f\x8b":
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            yield "gzip", file.read(_LARGEST)
    elif content[:1] == b"\x78" and int.from_bytes(content[:2], "big") % 31 == 0:
        yield "zlib", zlib.decompressobj().decompress(content, _LARGEST)
