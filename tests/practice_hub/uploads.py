"""Uploading large files call by call, as clients do it."""

from __future__ import annotations

import hashlib
import struct

from practice_hub.xet.hashes import chunk_hash, file_hash, xorb_hash
from practice_hub.xet.shards import BOOKEND, RECORD, VERSION
from tests.practice_hub.processes import Answer, Caller

CHUNK = 100_000


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def upload_lfs(call: Caller, repository: str, data: bytes) -> Answer:
    """Upload a large file whole. Returns the first answer that is a refusal, or the last one."""
    item = {"oid": sha256(data), "size": len(data)}
    asked = {"operation": "upload", "transfers": ["basic"], "objects": [item]}
    answer = call("POST", f"/{repository}.git/info/lfs/objects/batch", asked)
    actions = answer.json()["objects"][0].get("actions") if answer.status == 200 else None
    if not actions:
        return answer
    address = actions["upload"]["href"]
    return call("PUT", address, data, {"Authorization": ""})


def commit_large(call: Caller, repository: str, path: str, data: bytes) -> Answer:
    return call.commit(
        repository,
        path,
        ("lfsFile", {"path": path, "algo": "sha256", "oid": sha256(data), "size": len(data)}),
    )


def make_xorb(data: bytes) -> tuple[str, bytes]:
    """A xorb of plain chunks: its hash and its bytes."""
    pieces = [data[place : place + CHUNK] for place in range(0, len(data), CHUNK)]
    packed = b"".join(_size(len(piece), b"\0") + _size(len(piece), b"\0") + piece for piece in pieces)
    return xorb_hash([(chunk_hash(piece), len(piece)) for piece in pieces]), packed


def _size(size: int, before: bytes) -> bytes:
    return before + size.to_bytes(3, "little")


def make_shard(data: bytes) -> bytes:
    """A shard that says that a file is all of the xorb that `make_xorb` makes."""
    pieces = [data[place : place + CHUNK] for place in range(0, len(data), CHUNK)]
    leaves = [(chunk_hash(piece), len(piece)) for piece in pieces]
    header = struct.pack("<32sQ8x", b"HFRepoMetaData".ljust(32, b"\0"), VERSION)
    file = struct.pack("<32sII8x", raw(file_hash(leaves)), 0, 1)
    term = struct.pack("<32s4xIII", raw(xorb_hash(leaves)), len(data), 0, len(pieces))
    return header + file + term + BOOKEND.ljust(RECORD, b"\0")


def raw(text: str) -> bytes:
    """A hash as it stands in shards, from its text."""
    return b"".join(bytes.fromhex(text[place : place + 16])[::-1] for place in range(0, 64, 16))


def upload_xet(call: Caller, repository: str, data: bytes) -> Answer:
    """Upload a large file as one xorb. Returns the first answer that is a refusal, or the last one."""
    key = call("GET", f"/api/models/{repository}/xet-write-token/main")
    if key.status != 200:
        return key
    headers = {"Authorization": f"Bearer {key.json()['accessToken']}"}
    xorb, packed = make_xorb(data)
    answer = call("POST", f"/_xet/v1/xorbs/default/{xorb}", packed, headers)
    return call("POST", "/_xet/v1/shards", make_shard(data), headers) if answer.status == 200 else answer


def download(call: Caller, repository: str, path: str, revision: str = "main") -> Answer:
    """A file; a large one from the place that its address leads to."""
    answer = call("GET", f"/{repository}/resolve/{revision}/{path}")
    if answer.status != 302:
        return answer
    where = answer.headers["location"].partition("/_files/")[2]
    return call("GET", f"/_files/{where}", None, {"Authorization": ""})
