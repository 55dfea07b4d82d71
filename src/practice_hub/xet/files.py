"""Files that came through Xet: which chunks they are made of, and their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from practice_hub.errors import HubError, bad_request
from practice_hub.store.database import Database
from practice_hub.xet.claims import Claims, Sender, forget_senders, note_sender
from practice_hub.xet.hashes import Leaf, chunk_hash, file_hash
from practice_hub.xet.shards import ShardFile, Term, read_shard
from practice_hub.xet.xorbs import Xorbs


@dataclass(frozen=True, slots=True)
class XetFile:
    """A file: its Xet hash, its SHA-256 and its size in bytes."""

    hash: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """How to make a range of a file: these runs of chunks, and how many bytes of the first to leave out."""

    skip: int
    terms: tuple[Term, ...]


class XetFiles:
    """What is known of files that came through Xet."""

    def __init__(self, database: Database, xorbs: Xorbs) -> None:
        self.database = database
        self.xorbs = xorbs

    def add_xorb(self, received: Path, xorb: str, account: int) -> bool:
        """Keep a xorb that an account sent. Returns whether it is new.

        Raises HubError (400) if it does not have this hash, also where the xorb of the hash is here already:
        its chunks are the account's from now on, so it must have had them.
        """
        self.xorbs.check(received, xorb)
        with self.database.transaction():  # one step for `remove`
            new = not self.xorbs.is_sound(xorb)
            if new:
                self.xorbs.keep(received, xorb)
            note_sender(self.database, xorb, account)
        return new

    def add_shard(self, data: bytes, sender: Sender) -> list[XetFile]:
        """Keep the files of a shard, after putting each together and hashing it.

        Raises HubError (400) if a file does not have the hash that the shard says, or has chunks that the
        sender neither sent nor may read.
        """
        claims = Claims(self.database, sender)
        found = [(self._checked(listed, claims), listed.terms) for listed in read_shard(data)]
        with self.database.transaction():
            for file, terms in found:
                self._remember(file, terms)
        return [file for file, _ in found]

    def _checked(self, listed: ShardFile, claims: Claims) -> XetFile:
        for term in listed.terms:
            # Before anything else is looked at: what is wrong with a claim would tell what the xorb holds.
            if not self.xorbs.has(term.xorb) or not claims.allow(term):
                raise bad_request(
                    f"The xorb {term.xorb} is not here: you did not upload it, or it was deleted for good since."
                    " Delete the folder `xet` in your HF_HOME, which remembers it, and upload again."
                )
        known = self.by_hash(listed.hash)
        if known and listed.terms == self.terms(listed.hash):
            return known
        return self._put_together(listed)

    def _put_together(self, listed: ShardFile) -> XetFile:
        sha256, leaves = hashlib.sha256(), list[Leaf]()
        for term in listed.terms:
            if not term.first < term.last <= len(self.xorbs.chunks(term.xorb)):
                raise bad_request(f"The shard names chunks that the xorb {term.xorb} does not have.")
            size = 0
            for chunk in self.xorbs.unpack(term.xorb, term.first, term.last):
                sha256.update(chunk)
                leaves.append((chunk_hash(chunk), len(chunk)))
                size += len(chunk)
            if size != term.size:
                raise bad_request(f"The shard names another size than that of the chunks of {term.xorb}.")
        if file_hash(leaves) != listed.hash:
            raise bad_request(f"The chunks do not make the file {listed.hash}.")
        return XetFile(listed.hash, sha256.hexdigest(), sum(size for _, size in leaves))

    def _remember(self, file: XetFile, terms: tuple[Term, ...]) -> None:
        if self.by_hash(file.hash) or self.by_sha256(file.sha256):
            return
        self.database.run(
            "INSERT INTO xet_file (hash, sha256, size) VALUES (?, ?, ?)", file.hash, file.sha256, file.size
        )
        for position, term in enumerate(terms):
            self.database.run(
                "INSERT INTO xet_term (file, position, xorb, size, first, last) VALUES (?, ?, ?, ?, ?, ?)",
                *(file.hash, position, term.xorb, term.size, term.first, term.last),
            )

    def by_hash(self, file: str) -> XetFile | None:
        row = self.database.one("SELECT hash, sha256, size FROM xet_file WHERE hash = ?", file)
        return XetFile(*row) if row else None

    def by_sha256(self, sha256: str) -> XetFile | None:
        row = self.database.one("SELECT hash, sha256, size FROM xet_file WHERE sha256 = ?", sha256)
        return XetFile(*row) if row else None

    def terms(self, file: str) -> tuple[Term, ...]:
        query = "SELECT xorb, size, first, last FROM xet_term WHERE file = ? ORDER BY position"
        return tuple(Term(*row) for row in self.database.all(query, file))

    def reconstruction(self, file: XetFile, start: int, stop: int) -> Reconstruction:
        """How to make the bytes from `start` up to `stop` of a file.

        Raises HubError (416) if the file ends before `start`, DamagedError if a xorb is damaged.
        """
        if start >= file.size and file.size:
            raise HubError(416, "Range Not Satisfiable")
        begins, skip, kept = 0, 0, list[Term]()
        for term in self.terms(file.hash):
            sizes = [chunk.size for chunk in self.xorbs.chunks(term.xorb)[term.first : term.last]]
            ends = list(accumulate(sizes, initial=begins))
            wanted = [n for n in range(len(sizes)) if ends[n + 1] > start and ends[n] < stop]
            if wanted:
                first, last = wanted[0], wanted[-1] + 1
                skip = skip if kept else start - ends[first]
                kept.append(Term(term.xorb, sum(sizes[first:last]), term.first + first, term.first + last))
            begins += term.size
        return Reconstruction(skip, tuple(kept))

    def remove(self, sha256: str) -> None:
        """Forget a file, and remove the xorbs that no other file needs."""
        file = self.by_sha256(sha256)
        if file is None:
            return
        xorbs = {term.xorb for term in self.terms(file.hash)}
        self.database.run("DELETE FROM xet_file WHERE hash = ?", file.hash)
        for xorb in xorbs:
            if not self.database.one("SELECT 1 FROM xet_term WHERE xorb = ?", xorb):
                self.xorbs.remove(xorb)
                forget_senders(self.database, xorb)


class XetContent:
    """The bytes of a file that came through Xet, for readers that do not speak it."""

    def __init__(self, files: XetFiles, file: XetFile) -> None:
        self.files = files
        self.file = file
        self.size = file.size

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        plan = self.files.reconstruction(self.file, start, stop)
        skip, left = plan.skip, stop - start
        for term in plan.terms:
            for chunk in self.files.xorbs.unpack(term.xorb, term.first, term.last):
                piece = chunk[skip : skip + left]
                skip, left = 0, left - len(piece)
                yield piece
