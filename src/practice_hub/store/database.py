"""The database: accounts, tokens, repositories, access, and which large files belong to what."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from practice_hub.errors import DamagedError

SCHEMA_VERSION = 1
SCHEMA = """
CREATE TABLE secret (value BLOB NOT NULL);
CREATE TABLE account (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, kind TEXT NOT NULL,
    fullname TEXT NOT NULL, created INTEGER NOT NULL);
CREATE TABLE member (
    organization INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    user INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    role TEXT NOT NULL, PRIMARY KEY (organization, user));
CREATE TABLE token (
    id INTEGER PRIMARY KEY, account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    hash TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL, created INTEGER NOT NULL);
CREATE TABLE repository (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL,
    owner INTEGER NOT NULL REFERENCES account, name TEXT NOT NULL COLLATE NOCASE,
    private INTEGER NOT NULL, gated TEXT NOT NULL DEFAULT '', created INTEGER NOT NULL,
    downloads INTEGER NOT NULL DEFAULT 0, UNIQUE (kind, owner, name));
CREATE TABLE access_request (
    id INTEGER PRIMARY KEY, repository INTEGER NOT NULL REFERENCES repository ON DELETE CASCADE,
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    status TEXT NOT NULL, requested INTEGER NOT NULL, UNIQUE (repository, account));
CREATE TABLE holding (
    repository INTEGER NOT NULL REFERENCES repository ON DELETE CASCADE, sha256 TEXT NOT NULL,
    PRIMARY KEY (repository, sha256));
CREATE INDEX holding_by_file ON holding (sha256);
CREATE TABLE proposal (
    repository INTEGER NOT NULL REFERENCES repository ON DELETE CASCADE, number INTEGER NOT NULL,
    author INTEGER NOT NULL REFERENCES account, title TEXT NOT NULL, description TEXT NOT NULL,
    created INTEGER NOT NULL, PRIMARY KEY (repository, number));
CREATE TABLE xet_file (
    hash TEXT PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, size INTEGER NOT NULL);
CREATE TABLE xet_term (
    file TEXT NOT NULL REFERENCES xet_file ON DELETE CASCADE, position INTEGER NOT NULL,
    xorb TEXT NOT NULL, size INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    PRIMARY KEY (file, position));
CREATE INDEX xet_term_by_xorb ON xet_term (xorb);
"""
# Of databases of this version, those that were made earlier have none of these yet. Nothing else may be changed so.
ADDED = """
CREATE TABLE IF NOT EXISTS xorb_sender (
    xorb TEXT NOT NULL, account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    PRIMARY KEY (xorb, account)) WITHOUT ROWID;
"""


class Database:
    """One SQLite file, one connection, one thread at a time. Rows read like dictionaries."""

    def __init__(self, path: Path) -> None:
        """Raises DamagedError if the file is not what was stored, ValueError if another version wrote it."""
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
        self._connection.row_factory = sqlite3.Row
        try:
            with self._damage_named():
                version = self._prepare()
        except BaseException:
            self._connection.close()
            raise
        if version not in {0, SCHEMA_VERSION}:
            raise ValueError(f"{path} was written by another version of practice-hub ({version}).")

    def _prepare(self) -> int:
        """Make the tables that are missing. Returns the version of those that there were; 0 if none."""
        for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            self._connection.execute(f"PRAGMA {setting}")
        with self.transaction():
            version: int = self._connection.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                for statement in SCHEMA.split(";\n"):
                    self._connection.execute(statement)
                self._connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            if version in {0, SCHEMA_VERSION}:
                self._connection.execute(ADDED)
        return version

    @staticmethod
    @contextmanager
    def _damage_named() -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if type(error) is not sqlite3.DatabaseError:  # such as OperationalError: the disk is full
                raise
            raise DamagedError("The database hub.sqlite", "Put back a copy of the data folder.") from None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what happens inside is stored, or nothing of it. May be nested."""
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite ends it itself when the disk is full
                    self._connection.execute("ROLLBACK")
                raise

    def run(self, statement: str, *values: Any) -> int:
        """Change something. Returns the new row's id after an INSERT, else how many rows changed."""
        with self._lock, self._damage_named():
            cursor = self._connection.execute(statement, values)
            return (cursor.lastrowid or 0) if statement.startswith("INSERT") else cursor.rowcount

    def all(self, query: str, *values: Any) -> list[sqlite3.Row]:
        with self._lock, self._damage_named():
            return self._connection.execute(query, values).fetchall()

    def one(self, query: str, *values: Any) -> sqlite3.Row | None:
        with self._lock, self._damage_named():
            row: sqlite3.Row | None = self._connection.execute(query, values).fetchone()
            return row

    def close(self) -> None:
        with self._lock:
            self._connection.close()
