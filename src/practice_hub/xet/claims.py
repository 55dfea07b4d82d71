"""Who may make files from which chunks: who sent them, or may read them in a file that is here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from practice_hub.store.database import Database
from practice_hub.xet.shards import Term


@dataclass(frozen=True, slots=True)
class Sender:
    """The account that sends a shard, and which files (by SHA-256) it may read."""

    account: int
    may_read: Callable[[str], bool]


def note_sender(database: Database, xorb: str, account: int) -> None:
    """Remember that an account sent a xorb. It must have sent the bytes: its hash is no proof."""
    database.run("INSERT OR IGNORE INTO xorb_sender (xorb, account) VALUES (?, ?)", xorb, account)


def forget_senders(database: Database, xorb: str) -> None:
    database.run("DELETE FROM xorb_sender WHERE xorb = ?", xorb)


class Claims:
    """Which chunks one sender may name in a shard.

    In a xorb may be files of others. Who names a chunk gets it, so it must be one that the sender had before.
    """

    def __init__(self, database: Database, sender: Sender) -> None:
        self.database = database
        self.sender = sender
        self._readable: dict[str, list[tuple[int, int]]] = {}

    def allow(self, term: Term) -> bool:
        if self._sent(term.xorb):
            return True
        if term.xorb not in self._readable:
            self._readable[term.xorb] = self._runs(term.xorb)
        reached = term.first
        for first, last in self._readable[term.xorb]:
            if first <= reached:
                reached = max(reached, last)
        return term.first < term.last <= reached

    def _sent(self, xorb: str) -> bool:
        query = "SELECT 1 FROM xorb_sender WHERE xorb = ? AND account = ?"
        return self.database.one(query, xorb, self.sender.account) is not None

    def _runs(self, xorb: str) -> list[tuple[int, int]]:
        """The runs of chunks of a xorb that are in files which the sender may read, in their order."""
        rows = self.database.all(
            "SELECT DISTINCT sha256, first, last FROM xet_term JOIN xet_file ON xet_file.hash = file"
            " WHERE xorb = ? ORDER BY first",
            xorb,
        )
        readable = {sha256: self.sender.may_read(sha256) for sha256 in {row["sha256"] for row in rows}}
        return [(row["first"], row["last"]) for row in rows if readable[row["sha256"]]]
