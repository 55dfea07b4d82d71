"""Large files of all repositories: whether they came whole or through Xet, and which repository has which."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from practice_hub.errors import DamagedError, bad_request
from practice_hub.repositories import Repository
from practice_hub.store.database import Database
from practice_hub.store.git import GitRepository
from practice_hub.store.large import Content, LargeFiles
from practice_hub.xet.files import XetContent, XetFiles


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A large file in a repository's history, as the client lists it."""

    id: str
    path: str
    sha256: str
    size: int
    pushed: int
    reference: str


class LargeStorage:
    """One place to ask for large files.

    A repository has only what was uploaded to it. So nobody gets at another's file by committing a
    pointer with its hash, which is public even where the file is not.
    """

    def __init__(self, database: Database, whole: LargeFiles, xet: XetFiles) -> None:
        self.database = database
        self.whole = whole
        self.xet = xet

    def size(self, sha256: str) -> int | None:
        """In bytes; None if no such file is here."""
        size = self.whole.size(sha256)
        if size is None and (file := self.xet.by_sha256(sha256)):
            return file.size
        return size

    def sound_size(self, sha256: str) -> int | None:
        """In bytes; None also if it is damaged, and has to be uploaded again."""
        try:
            content = self.content(sha256)
        except DamagedError:
            return None
        return content.size if content else None

    def content(self, sha256: str) -> Content | None:
        """The file, or None. Raises DamagedError if it is not what was stored."""
        file = self.xet.by_sha256(sha256)
        try:
            if whole := self.whole.find(sha256):
                return whole
        except DamagedError:
            if file is None:
                raise
        if file is None:
            return None
        for term in self.xet.terms(file.hash):
            self.xet.xorbs.chunks(term.xorb)
        return XetContent(self.xet, file)

    def has(self, repository: Repository, sha256: str) -> bool:
        query = "SELECT 1 FROM holding WHERE repository = ? AND sha256 = ?"
        return self.database.one(query, repository.id, sha256) is not None

    def holders(self, sha256: str) -> list[int]:
        """The ids of the repositories that have a file."""
        rows = self.database.all("SELECT repository FROM holding WHERE sha256 = ?", sha256)
        return [row["repository"] for row in rows]

    def give(self, repository_id: int, sha256: str) -> None:
        """Note that a repository has a file."""
        self.database.run(
            "INSERT OR IGNORE INTO holding (repository, sha256) VALUES (?, ?)", repository_id, sha256
        )

    def keep(self, repository_id: int, received: Path, sha256: str, found: str) -> None:
        """Keep a received file whose hash is `found`, and note that a repository has it.

        That is one step for `remove_unused`. Raises HubError (400) if it is not the file that was announced.
        """
        with self.database.transaction():
            self.whole.add(received, sha256, found)
            self.give(repository_id, sha256)

    def all_of(self, repository: Repository) -> list[str]:
        rows = self.database.all("SELECT sha256 FROM holding WHERE repository = ?", repository.id)
        return [row["sha256"] for row in rows]

    def remove_unused(self, sha256s: list[str], *, also_xet: bool) -> None:
        """Remove those files that no repository has any more.

        A client remembers chunks that it uploaded through Xet and does not send them again, so those go only
        when somebody deletes them for good. Nobody can be given a file between the look and its end.
        """
        for sha256 in sha256s:
            with self.database.transaction():
                if self.database.one("SELECT 1 FROM holding WHERE sha256 = ?", sha256) is None:
                    self.whole.remove(sha256)
                    if also_xet:
                        self.xet.remove(sha256)

    def listed(self, repository: Repository, git: GitRepository) -> list[ListedFile]:
        """The large files of all versions that a reference leads to, each with its oldest commit."""
        found: dict[tuple[str, str], ListedFile] = {}
        for name, tip in git.references().items():
            for commit in reversed(list(git.log(tip))):
                for path, entry in git.files(commit).files.items():
                    if (
                        entry.sha256
                        and self.has(repository, entry.sha256)
                        and (entry.sha256, path) not in found
                    ):
                        number = hashlib.sha256(f"{entry.sha256} {path}".encode()).hexdigest()[:24]
                        listed = ListedFile(number, path, entry.sha256, entry.size, commit.when, name)
                        found[entry.sha256, path] = listed
        return list(found.values())

    def delete_for_good(
        self, repository: Repository, git: GitRepository, ids: list[str], *, rewrite_history: bool
    ) -> None:
        """Delete large files, and take them out of all commits if `rewrite_history`.

        Raises HubError (400) if an id is none of `listed`.
        """
        with git.lock:
            gone = {file.id: file.sha256 for file in self.listed(repository, git) if file.id in set(ids)}
            if unknown := set(ids) - set(gone):
                raise bad_request(f"There is no large file {sorted(unknown)[0]} in {repository.full_name}.")
            if rewrite_history:
                _rewrite(git, set(gone.values()))
            with self.database.transaction():
                for sha256 in set(gone.values()):
                    query = "DELETE FROM holding WHERE repository = ? AND sha256 = ?"
                    self.database.run(query, repository.id, sha256)
                self.remove_unused(sorted(set(gone.values())), also_xet=True)


def _rewrite(git: GitRepository, gone: set[str]) -> None:
    """Make every commit anew without these large files, and let the references lead to the new ones."""
    made: dict[str, str] = {}
    for name, tip in git.references().items():
        for old in reversed(list(git.log(tip))):
            if old.oid not in made:
                entries = git.files(old).files
                files = {path: entry.oid for path, entry in entries.items() if entry.sha256 not in gone}
                parents = tuple(made[parent] for parent in old.parents)
                made[old.oid] = git.add_commit(files, old.message, old.author, old.when, parents).oid
        git.set_reference(name, made[tip])
