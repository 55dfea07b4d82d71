"""Repositories: creating, finding, moving, deleting, and their settings."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dulwich.errors import NotGitRepository

from practice_hub.accounts import Account, Accounts
from practice_hub.clock import Clock
from practice_hub.errors import bad_request, conflict, no_repository
from practice_hub.names import check_repository_name
from practice_hub.store.database import Database
from practice_hub.store.durable import sync_folders
from practice_hub.store.folder import DataFolder
from practice_hub.store.git import GitRepository

KINDS = ("model", "dataset", "space")
Gate = Literal["", "auto", "manual"]
GATES: tuple[Gate, ...] = ("", "auto", "manual")
MAIN = "refs/heads/main"

# Files of these kinds are large files, whatever their size: the list that the Hub writes into new repositories.
LARGE_KINDS = """.7z .arrow .bin .bz2 .ckpt .ftz .gz .h5 .joblib .lfs.* .mlmodel .model .msgpack .npy .npz .onnx .ot
    .parquet .pb .pickle .pkl .pt .pth .rar .safetensors .tar .tar.* .tflite .tgz .wasm .xz .zip .zst""".split()
GIT_ATTRIBUTES = "".join(f"*{kind} filter=lfs diff=lfs merge=lfs -text\n" for kind in LARGE_KINDS)


@dataclass(frozen=True, slots=True)
class Repository:
    """What the database knows of a repository."""

    id: int
    kind: str
    owner: str
    name: str
    private: bool
    gated: Gate
    created: int
    downloads: int

    @property
    def full_name(self) -> str:
        return f"{self.owner}/{self.name}"

    @property
    def web_path(self) -> str:
        """Where its page is: `/owner/name`, with `/datasets` or `/spaces` before it for those."""
        return f"/{self.full_name}" if self.kind == "model" else f"/{self.kind}s/{self.full_name}"


_COLUMNS = (
    "SELECT repository.id, repository.kind, account.name, repository.name, private, gated, repository.created,"
    " downloads FROM repository JOIN account ON account.id = owner"
)


class Repositories:
    """All repositories of a Hub."""

    def __init__(self, database: Database, folder: DataFolder, accounts: Accounts, clock: Clock) -> None:
        self.database = database
        self.folder = folder
        self.accounts = accounts
        self.clock = clock
        self._opened: dict[int, GitRepository] = {}
        self._opening = threading.Lock()

    def find(self, kind: str, full_name: str) -> Repository | None:
        owner, _, name = full_name.partition("/")
        query = f"{_COLUMNS} WHERE repository.kind = ? AND account.name = ? AND repository.name = ?"
        row = self.database.one(query, kind, owner, name)
        return _repository(row) if row else None

    def get(self, number: int) -> Repository | None:
        row = self.database.one(f"{_COLUMNS} WHERE repository.id = ?", number)
        return _repository(row) if row else None

    def all(self, kind: str | None = None) -> list[Repository]:
        rows = self.database.all(f"{_COLUMNS} ORDER BY repository.id")
        return [_repository(row) for row in rows if kind is None or row[1] == kind]

    def git(self, repository: Repository) -> GitRepository:
        """Raises HubError (404) if the repository was deleted meanwhile."""
        with self._opening:
            if repository.id not in self._opened:
                try:
                    self._opened[repository.id] = GitRepository(self._path(repository.id))
                except NotGitRepository:
                    raise no_repository(logged_in=True) from None
            return self._opened[repository.id]

    def create(self, owner: Account, kind: str, name: str, author: str, *, private: bool) -> Repository:
        """A new repository with one commit, which says which files are large.

        Raises HubError: 400 if the kind or name is not allowed, 409 if there is one already.
        """
        if kind not in KINDS:
            raise bad_request(f"type must be one of {', '.join(KINDS)}")
        check_repository_name(name)
        with self.database.transaction():
            if old := self.find(kind, f"{owner.name}/{name}"):
                raise conflict(f"You already created this {kind} repo: {old.full_name}", id=old.full_name)
            number = self.database.run(
                "INSERT INTO repository (kind, owner, name, private, created) VALUES (?, ?, ?, ?, ?)",
                *(kind, owner.id, name, private, self.clock()),
            )
            path = self._path(number)
            shutil.rmtree(path, ignore_errors=True)  # of a Hub that stopped before it had written the row
            self._make(number, author).rename(path)
            sync_folders([path.parent])
            git = GitRepository(path)
        with self._opening:
            self._opened.setdefault(number, git)  # somebody may have been faster: there must be one lock only
        created = self.get(number)
        assert created is not None
        return created

    def _make(self, number: int, author: str) -> Path:
        """A repository with its first commit, where a Hub that is killed leaves no half of it."""
        path = self.folder.incoming / f"{number}.git"
        shutil.rmtree(path, ignore_errors=True)
        git = GitRepository.create(path)
        attributes = git.add_blob(GIT_ATTRIBUTES.encode())
        commit = git.add_commit({".gitattributes": attributes}, "initial commit", author, self.clock(), ())
        git.set_reference(MAIN, commit.oid)
        git.repo.close()
        return path

    def delete(self, repository: Repository) -> None:
        path, gone = self._path(repository.id), self.folder.incoming / f"{repository.id}-deleted.git"
        with self.git(repository).lock:
            self.database.run("DELETE FROM repository WHERE id = ?", repository.id)
            with self._opening:
                self._opened.pop(repository.id, None)
            with suppress(OSError):  # Windows moves no folder with open files
                path.rename(gone)  # in one step: a Hub that is killed meanwhile leaves no half of it
            for place in (gone, path):
                shutil.rmtree(place, ignore_errors=True)

    def close(self) -> None:
        with self._opening:
            for git in self._opened.values():
                with suppress(BufferError):  # Dulwich still reads a pack that it found damaged
                    git.repo.close()
            self._opened.clear()

    def move(self, repository: Repository, owner: Account, name: str) -> None:
        """Raises HubError: 400 if the name is not allowed, 409 if it is taken."""
        check_repository_name(name)
        with self.database.transaction():
            old = self.find(repository.kind, f"{owner.name}/{name}")
            if old and old.id != repository.id:
                raise conflict(f"A {repository.kind} repository called {owner.name}/{name} already exists")
            self.database.run(
                "UPDATE repository SET owner = ?, name = ? WHERE id = ?", owner.id, name, repository.id
            )

    def set_private(self, repository: Repository, *, private: bool) -> None:
        self.database.run("UPDATE repository SET private = ? WHERE id = ?", private, repository.id)

    def set_gate(self, repository: Repository, gate: Gate) -> None:
        self.database.run("UPDATE repository SET gated = ? WHERE id = ?", gate, repository.id)

    def count_download(self, repository: Repository) -> None:
        self.database.run("UPDATE repository SET downloads = downloads + 1 WHERE id = ?", repository.id)

    def _path(self, number: int) -> Path:
        return self.folder.repositories / f"{number}.git"


def _repository(row: sqlite3.Row) -> Repository:
    number, kind, owner, name, private, gated, created, downloads = row
    return Repository(number, kind, owner, name, bool(private), gated, created, downloads)
