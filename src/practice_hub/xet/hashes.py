"""Hashes of chunks, xorbs and files.

After https://github.com/huggingface/xet-core/blob/main/spec/hashing.md; how nodes of the tree are grouped
stands in `aggregated_hashes.rs` of the same repository.
"""

from __future__ import annotations

from collections.abc import Sequence

from blake3 import blake3

CHUNK_KEY = bytes.fromhex("6697f5775b9550de3135cbaca597181c9de421109beb2b58b4d0b04b93adf229")
NODE_KEY = bytes.fromhex("017ec5c7a5472996fd946666b48a02e65ddd536f37c76dd2f86352e64a53713f")
FILE_KEY = bytes(32)
MEAN_CHILDREN = 4
MOST_CHILDREN = 2 * MEAN_CHILDREN + 1

Leaf = tuple[bytes, int]  # hash, and how many bytes it stands for


def hash_text(raw: bytes) -> str:
    """A hash as it stands in addresses: four little-endian words of 64 bits, in hexadecimal."""
    return "".join(raw[place : place + 8][::-1].hex() for place in range(0, 32, 8))


def chunk_hash(data: bytes) -> bytes:
    return blake3(data, key=CHUNK_KEY).digest()


def xorb_hash(chunks: Sequence[Leaf]) -> str:
    return hash_text(_root(chunks))


def file_hash(chunks: Sequence[Leaf]) -> str:
    return hash_text(blake3(_root(chunks), key=FILE_KEY).digest() if chunks else bytes(32))


def _root(leaves: Sequence[Leaf]) -> bytes:
    level = list(leaves)
    while len(level) > 1:
        above: list[Leaf] = []
        place = 0
        while place < len(level):
            count = _children(level, place)
            above.append(_node(level[place : place + count]))
            place += count
        level = above
    return level[0][0] if level else bytes(32)


def _children(level: Sequence[Leaf], start: int) -> int:
    """How many nodes one parent takes: at least two, up to one whose hash is a multiple of four."""
    left = len(level) - start
    if left <= 2:
        return left
    most = min(MOST_CHILDREN, left)
    for index in range(2, most):
        if int.from_bytes(level[start + index][0][24:], "little") % MEAN_CHILDREN == 0:
            return index + 1
    return most


def _node(children: Sequence[Leaf]) -> Leaf:
    text = "".join(f"{hash_text(raw)} : {size}\n" for raw, size in children)
    return blake3(text.encode(), key=NODE_KEY).digest(), sum(size for _, size in children)
