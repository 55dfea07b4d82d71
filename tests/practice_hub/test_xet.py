"""The Xet store, with files that are made here as hf_xet makes them."""

from __future__ import annotations

import hashlib
import json
import os
import struct
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError

import lz4.frame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_hub.errors import DamagedError, HubError
from practice_hub.hub import Hub
from practice_hub.running import running_hub
from practice_hub.xet.files import XetContent, XetFile
from practice_hub.xet.hashes import CHUNK_KEY, NODE_KEY, Leaf, chunk_hash, file_hash, hash_text, xorb_hash
from practice_hub.xet.shards import BOOKEND, WITH_METADATA, WITH_VERIFICATION, read_shard
from practice_hub.xet.xorbs import _ungroup, read_chunks, unpack
from tests.practice_hub.processes import Answer, Caller, caller

CHUNKS = [os.urandom(1000), b"abc" * 500, b"\0" * 70_000, os.urandom(7), b"the last"]
DATA = b"".join(CHUNKS)


def raw(text: str) -> bytes:
    return b"".join(bytes.fromhex(text[place : place + 16])[::-1] for place in range(0, 64, 16))


def leaves(chunks: list[bytes]) -> list[Leaf]:
    return [(chunk_hash(chunk), len(chunk)) for chunk in chunks]


def group(data: bytes) -> bytes:
    return b"".join(data[lane::4] for lane in range(4))


def make_xorb(chunks: list[bytes], *, footer: bytes = b"") -> bytes:
    """Each chunk with another scheme: plain, LZ4, grouped LZ4."""
    packed = b""
    for number, chunk in enumerate(chunks):
        scheme = number % 3
        body = [chunk, lz4.frame.compress(chunk), lz4.frame.compress(group(chunk))][scheme]
        packed += (
            b"\0"
            + len(body).to_bytes(3, "little")
            + bytes([scheme])
            + len(chunk).to_bytes(3, "little")
            + body
        )
    return packed + footer


def make_shard(file: str, terms: list[tuple[str, int, int, int]]) -> bytes:
    shard = bytes(32) + struct.pack("<QQ", 2, 0)
    shard += struct.pack("<32sII8x", raw(file), WITH_VERIFICATION | WITH_METADATA, len(terms))
    for xorb, size, first, last in terms:
        shard += struct.pack("<32s4xIII", raw(xorb), size, first, last)
    return shard + bytes(48) * (len(terms) + 1) + BOOKEND + bytes(16)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    with Hub(tmp_path) as hub:
        yield hub


def upload(hub: Hub, data: bytes, name: str) -> None:
    path = hub.folder.new_file()
    path.write_bytes(data)
    hub.xet.add_xorb(path, name, hub.first_account()[0].id)


def add_shard(hub: Hub, data: bytes) -> list[XetFile]:
    return hub.xet.add_shard(data, hub.sender(hub.first_account()[0]))


def test_keys_are_those_of_the_protocol() -> None:
    """As https://github.com/huggingface/xet-core/blob/main/spec/hashing.md writes them, in decimal."""
    chunk = """102 151 245 119 91 149 80 222 49 53 203 172 165 151 24 28 157 228 33 16 155 235 43 88 180 208 176 75
        147 173 242 41"""
    node = """1 126 197 199 165 71 41 150 253 148 102 102 180 138 2 230 93 221 83 111 55 199 109 210 248 99 82 230 74
        83 113 63"""
    assert (list(CHUNK_KEY), list(NODE_KEY)) == (list(map(int, chunk.split())), list(map(int, node.split())))


def test_up_and_down(hub: Hub) -> None:
    xorb, file = xorb_hash(leaves(CHUNKS)), file_hash(leaves(CHUNKS))
    upload(hub, make_xorb(CHUNKS, footer=b"XETBLOB and more"), xorb)
    [known] = add_shard(hub, make_shard(file, [(xorb, len(DATA), 0, len(CHUNKS))]))
    assert (known.sha256, known.size) == (hashlib.sha256(DATA).hexdigest(), len(DATA))
    content = XetContent(hub.xet, known)
    for start, stop in ((0, len(DATA)), (0, 1), (999, 1001), (2499, 2501), (len(DATA) - 3, len(DATA))):
        assert b"".join(content.read(start, stop)) == DATA[start:stop]


def test_a_file_of_two_xorbs(hub: Hub) -> None:
    parts = [CHUNKS[:2], CHUNKS[2:]]
    xorbs = [xorb_hash(leaves(part)) for part in parts]
    for part, xorb in zip(parts, xorbs, strict=True):
        upload(hub, make_xorb(part), xorb)
    order = [*CHUNKS[2:4], *CHUNKS[:2], CHUNKS[4]]
    terms = [(xorbs[1], 70_007, 0, 2), (xorbs[0], 2500, 0, 2), (xorbs[1], 8, 2, 3)]
    [known] = add_shard(hub, make_shard(file_hash(leaves(order)), terms))
    data = b"".join(order)
    assert b"".join(XetContent(hub.xet, known).read(70_000, 72_512)) == data[70_000:72_512]
    plan = hub.xet.reconstruction(known, 70_003, 72_508)
    assert (plan.skip, [(term.xorb, term.first, term.last) for term in plan.terms]) == (
        3,
        [(xorbs[1], 1, 2), (xorbs[0], 0, 2), (xorbs[1], 2, 3)],
    )


def test_a_hash_alone_gets_no_file(hub: Hub) -> None:
    """Who has a file knows what it is made of, or uploads it; its hash is public."""
    xorb, file = xorb_hash(leaves(CHUNKS)), file_hash(leaves(CHUNKS))
    upload(hub, make_xorb(CHUNKS), xorb)
    good = make_shard(file, [(xorb, len(DATA), 0, len(CHUNKS))])
    [known] = add_shard(hub, good)
    for terms in ([], [(xorb, len(CHUNKS[0]), 0, 1)]):
        with pytest.raises(HubError, match="do not make the file"):
            add_shard(hub, make_shard(file, terms))
    assert add_shard(hub, good) == [known]
    other = xorb_hash(leaves(CHUNKS[:2]))
    upload(hub, make_xorb(CHUNKS[:2]), other)
    halves = [(other, 2500, 0, 2), (xorb, len(DATA) - 2500, 2, len(CHUNKS))]
    assert add_shard(hub, make_shard(file, halves)) == [known]


def get(address: str, **headers: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
            return answer.status, answer.read()
    except HTTPError as refused:
        return refused.code, refused.read()


@pytest.mark.parametrize("version", [1, 2])
def test_an_address_opens_no_more_of_a_xorb_than_the_file(tmp_path: Path, version: int) -> None:
    """A xorb may hold a private file beside a public one, or one that was deleted for good."""
    data, xorb, public = make_xorb(CHUNKS), xorb_hash(leaves(CHUNKS)), file_hash(leaves(CHUNKS[2:4]))
    with running_hub(tmp_path) as running:
        upload(running.hub, data, xorb)
        [file] = add_shard(running.hub, make_shard(public, [(xorb, 70_007, 2, 4)]))
        account, _ = running.hub.first_account()
        repository = running.hub.repositories.create(account, "model", "penguins", "x", private=False)
        running.hub.large.give(repository.id, file.sha256)
        key = json.loads(get(f"{running.address}/api/models/your-username/penguins/xet-read-token/main")[1])
        plan = json.loads(
            get(
                f"{key['casUrl']}/v{version}/reconstructions/{public}",
                Authorization=f"Bearer {key['accessToken']}",
            )[1]
        )
        [place] = plan["fetch_info" if version == 1 else "xorbs"][xorb]
        allowed = place["url_range"] if version == 1 else place["ranges"][0]["bytes"]
        first, last = allowed["start"], allowed["end"]
        assert 0 < first < last < len(data) - 1
        for start, end in ((first, last), (first + 1, last - 1)):
            assert get(place["url"], Range=f"bytes={start}-{end}") == (206, data[start : end + 1])
        for asked in (f"{first - 1}-{last}", f"{first}-{last + 1}", f"{first}-", "0-0", "-1", "1-2,4-5", ""):
            status, body = get(place["url"], Range=f"bytes={asked}")
            assert (status, f"bytes {first} to {last} only".encode() in body) == (403, True), asked
        assert get(place["url"])[0] == 403


XORB, OPEN, CLOSED = xorb_hash(leaves(CHUNKS)), file_hash(leaves(CHUNKS[:2])), file_hash(leaves(CHUNKS[2:]))
CLOSED_SIZE = len(DATA) - 2500


def to_store(call: Caller, repository: str, place: str, data: bytes) -> Answer:
    """Send a xorb or a shard, with a key for a repository."""
    key = call("GET", f"/api/models/{repository}/xet-write-token/main").json()["accessToken"]
    return call("POST", f"/_xet/v1/{place}", data, {"Authorization": f"Bearer {key}"})


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Hub, Caller, Caller]]:
    """A Hub, an owner with an open and a closed file in one xorb, and somebody who may read the open one."""
    with running_hub(tmp_path) as running:
        tokens = [running.new_token(name) for name in ("owner", "other")]
        with caller(running.address, tokens[0]) as owner, caller(running.address, tokens[1]) as other:
            for call, name in ((owner, "open"), (owner, "closed"), (other, "own")):
                assert call.create(name).status == 200
            closed = running.hub.repositories.find("model", "owner/closed")
            assert closed
            running.hub.repositories.set_private(closed, private=True)
            assert to_store(owner, "owner/closed", f"xorbs/default/{XORB}", make_xorb(CHUNKS)).status == 200
            for name, file, term in (
                ("open", OPEN, (XORB, 2500, 0, 2)),
                ("closed", CLOSED, (XORB, CLOSED_SIZE, 2, 5)),
            ):
                assert to_store(owner, f"owner/{name}", "shards", make_shard(file, [term])).status == 200
            yield running.hub, owner, other


def claim(call: Caller, file: str, *terms: tuple[str, int, int, int]) -> tuple[int, str]:
    answer = to_store(call, "other/own", "shards", make_shard(file, list(terms)))
    return answer.status, answer.json().get("error", "").replace(XORB, "0" * 64)


def test_a_shard_claims_no_chunks_of_others(two: tuple[Hub, Caller, Caller]) -> None:
    """Else who knows where a private file's chunks are, or tries it out, gets the file."""
    hub, _, other = two
    absent = claim(other, CLOSED, ("0" * 64, CLOSED_SIZE, 2, 5))
    assert absent[0] == 400
    for term in (
        *((CLOSED_SIZE, 2, 5), (len(DATA), 0, 5), (len(CHUNKS[2]), 2, 3), (71_500, 1, 3)),
        *((1, 2, 5), (1, 0, 9), (1, 5, 9), (0, 0, 0), (0, 5, 5), (0, 5, 2), (0, 1, 0)),
    ):
        assert claim(other, CLOSED, (XORB, *term)) == absent, term
    # A file of chunks that he may read, with nothing sent; that this is allowed helps to no other chunk.
    begin = file_hash(leaves(CHUNKS[:1]))
    assert claim(other, begin, (XORB, 1000, 0, 1)) == (200, "")
    assert claim(other, CLOSED, (XORB, 1000, 0, 1), (XORB, CLOSED_SIZE, 2, 5)) == absent
    known = hub.xet.by_hash(CLOSED)
    own = hub.repositories.find("model", "other/own")
    assert known
    assert own
    assert not hub.large.has(own, known.sha256)
    assert claim(other, OPEN, (XORB, 2500, 0, 2)) == (200, "")


def test_who_sends_a_xorb_has_its_chunks(two: tuple[Hub, Caller, Caller]) -> None:
    _, _, other = two
    term, place = (XORB, CLOSED_SIZE, 2, 5), f"xorbs/default/{XORB}"
    for rubbish in (b"nothing", make_xorb(CHUNKS[:2]), make_xorb(CHUNKS)[:-1]):
        assert to_store(other, "other/own", place, rubbish).status == 400
        assert claim(other, CLOSED, term)[0] == 400
    answer = to_store(other, "other/own", place, make_xorb(CHUNKS))
    assert (answer.status, answer.json()) == (200, {"was_inserted": False})
    assert claim(other, CLOSED, term) == (200, "")


def test_a_run_of_chunks_may_go_over_the_end_of_a_file(two: tuple[Hub, Caller, Caller]) -> None:
    """Clients take as long a run of a xorb as they find, also if it is of several files."""
    hub, owner, other = two
    run = CHUNKS[1:4]
    claimed = (file_hash(leaves(run)), (XORB, sum(map(len, run)), 1, 4))
    assert claim(other, *claimed)[0] == 400
    third = file_hash(leaves(CHUNKS[3:]))
    term = (XORB, len(b"".join(CHUNKS[3:])), 3, 5)
    assert to_store(owner, "owner/open", "shards", make_shard(third, [term])).status == 200
    assert claim(other, *claimed)[0] == 400  # the chunk between is still closed
    closed = hub.repositories.find("model", "owner/closed")
    assert closed
    hub.repositories.set_private(closed, private=False)
    assert claim(other, *claimed) == (200, "")


def test_a_key_to_write_is_for_an_account(two: tuple[Hub, Caller, Caller]) -> None:
    hub, _, other = two
    key = hub.signer.sign("xet", scope="write", kind="model", repository="other/own", user="nobody")
    for place in (f"xorbs/default/{XORB}", "shards"):
        answer = other("POST", f"/_xet/v1/{place}", make_xorb(CHUNKS), {"Authorization": f"Bearer {key}"})
        assert (answer.status, answer.json()["error"]) == (404, "This account is not here.")


def test_chunks_behind_a_gate(two: tuple[Hub, Caller, Caller]) -> None:
    """Only who may read the files may name their chunks, and hears their Xet hashes."""
    hub, owner, other = two
    gated = hub.repositories.find("model", "owner/closed")
    known = hub.xet.by_hash(CLOSED)
    assert gated
    assert known
    line = {"path": "c.bin", "algo": "sha256", "oid": known.sha256, "size": known.size}
    assert owner.commit("owner/closed", "add", ("lfsFile", line)).status == 200
    hub.repositories.set_private(gated, private=False)
    hub.repositories.set_gate(gated, "manual")

    def hashes(call: Caller) -> list[str]:
        answer = call("GET", "/api/models/owner/closed/tree/main").json()
        return [file["xetHash"] for file in answer if "xetHash" in file]

    assert (hashes(owner), hashes(other)) == ([CLOSED], [])
    assert claim(other, CLOSED, (XORB, CLOSED_SIZE, 2, 5))[0] == 400
    hub.access.grant(gated, "other")
    assert hashes(other) == [CLOSED]
    assert claim(other, CLOSED, (XORB, CLOSED_SIZE, 2, 5)) == (200, "")


def test_a_pointer_as_text_tells_no_xet_hash(two: tuple[Hub, Caller, Caller]) -> None:
    hub, _, other = two
    known = hub.xet.by_hash(CLOSED)
    assert known
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{known.sha256}\nsize {known.size}\n"
    line = {"path": "c.txt", "content": pointer, "encoding": "utf-8"}
    assert other.commit("other/own", "add", ("file", line)).status == 200
    assert CLOSED.encode() not in other("GET", "/api/models/other/own/tree/main").body
    answer = other("GET", "/other/own/resolve/main/c.txt")
    assert (answer.status, "x-xet-hash" in answer.headers) == (404, False)


def test_a_ticket_tells_nothing_of_other_repositories(two: tuple[Hub, Caller, Caller]) -> None:
    """By SHA-256 alone nobody learns that a file is somewhere on the Hub."""
    hub, _, other = two
    known = hub.xet.by_hash(CLOSED)
    assert known
    for sha256, size in ((known.sha256, known.size), ("0" * 64, known.size)):
        asked = {
            "operation": "upload",
            "transfers": ["basic"],
            "objects": [{"oid": sha256, "size": size}],
        }
        answer = other("POST", "/other/own.git/info/lfs/objects/batch", asked).json()
        verify = answer["objects"][0]["actions"]["verify"]["href"]
        assert other("POST", verify, {"oid": sha256, "size": size}).status == 422
        assert other("POST", verify.replace("/verify?", "/complete?"), {}).status == 400


def test_a_removed_xorb_forgets_who_sent_it(two: tuple[Hub, Caller, Caller]) -> None:
    hub, owner, other = two
    to_store(other, "other/own", f"xorbs/default/{XORB}", make_xorb(CHUNKS))
    for file in (OPEN, CLOSED):
        known = hub.xet.by_hash(file)
        assert known
        hub.xet.remove(known.sha256)
    assert not hub.xet.xorbs.has(XORB)
    to_store(owner, "owner/closed", f"xorbs/default/{XORB}", make_xorb(CHUNKS))
    assert claim(other, CLOSED, (XORB, CLOSED_SIZE, 2, 5))[0] == 400


@pytest.mark.parametrize(
    "data", [b"", b"nothing", make_xorb(CHUNKS)[:-1], make_xorb(CHUNKS[1:]), b"\0\x01\0\0\x01\x01\0\0x"]
)
def test_xorbs_that_are_not_what_they_say(hub: Hub, data: bytes) -> None:
    with pytest.raises(HubError) as error:
        upload(hub, data, xorb_hash(leaves(CHUNKS)))
    assert error.value.status == 400
    assert not hub.xet.xorbs.has(xorb_hash(leaves(CHUNKS)))


def test_a_chunk_that_would_unpack_to_more(tmp_path: Path) -> None:
    body = lz4.frame.compress(bytes(50_000_000))
    path = tmp_path / "xorb"
    path.write_bytes(b"\0" + len(body).to_bytes(3, "little") + b"\x01" + (1000).to_bytes(3, "little") + body)
    with pytest.raises(ValueError, match="has not the size that it names"):
        list(unpack(path, read_chunks(path)))


def test_shards_that_are_not_what_they_say(hub: Hub) -> None:
    xorb, file = xorb_hash(leaves(CHUNKS)), file_hash(leaves(CHUNKS))
    upload(hub, make_xorb(CHUNKS), xorb)
    good = (xorb, len(DATA), 0, len(CHUNKS))
    for shard, told in (
        (make_shard(file, [("0" * 64, 1, 0, 1)]), "is not here"),
        (make_shard("1" * 64, [good]), "do not make the file"),
        (make_shard(file, [(xorb, len(DATA), 0, 9)]), "does not have"),
        (make_shard(file, [(xorb, 1, 0, len(CHUNKS))]), "another size"),
        (make_shard(file, [good])[:100], "cut off"),
        (b"", "cut off"),
        (bytes(48), "not known here"),
    ):
        with pytest.raises(HubError, match=told) as error:
            add_shard(hub, shard)
        assert error.value.status == 400
    assert hub.xet.by_hash(file) is None


def test_a_damaged_xorb_is_named(hub: Hub) -> None:
    xorb = xorb_hash(leaves(CHUNKS))
    upload(hub, make_xorb(CHUNKS), xorb)
    path = hub.xet.xorbs.path(xorb)
    data = bytearray(path.read_bytes())
    data[500] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedError, match=xorb):
        hub.xet.xorbs.chunks(xorb)


@given(st.binary(max_size=50))
def test_grouping(data: bytes) -> None:
    assert _ungroup(group(data)) == data


@given(st.binary(max_size=300))
def test_shards_of_anything(data: bytes) -> None:
    with suppress(HubError):
        read_shard(data)


def test_text_of_a_hash() -> None:
    """The example of https://github.com/huggingface/xet-core/blob/main/spec/api.md."""
    assert hash_text(bytes(range(32))) == "07060504030201000f0e0d0c0b0a090817161514131211101f1e1d1c1b1a1918"
