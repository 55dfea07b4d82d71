"""Pull requests: a branch `refs/pr/N` each, and who proposed it. They have no page, and nobody merges them here."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from practice_hub.errors import HubError
from practice_hub.repositories import MAIN, Repository
from practice_hub.store.database import Database
from practice_hub.store.git import GitRepository

PROPOSALS = "refs/pr/"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pull request."""

    number: int
    author: str
    title: str
    description: str
    created: int

    @property
    def reference(self) -> str:
        return f"{PROPOSALS}{self.number}"


_COLUMNS = "SELECT number, name, title, description, proposal.created FROM proposal JOIN account ON account.id = author"


class Proposals:
    """The pull requests of all repositories."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def open(
        self,
        repository: Repository,
        git: GitRepository,
        *,
        commit: str | None,
        author: int,
        title: str,
        description: str,
        when: int,
    ) -> Proposal:
        """A new pull request that leads to a commit; to the newest one of `main` if none is given."""
        with git.lock, self.database.transaction():
            highest = self.database.one(
                "SELECT max(number) AS number FROM proposal WHERE repository = ?", repository.id
            )
            number = ((highest["number"] if highest else None) or 0) + 1
            self.database.run(
                "INSERT INTO proposal (repository, number, author, title, description, created)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                *(repository.id, number, author, title, description, when),
            )
            git.set_reference(f"{PROPOSALS}{number}", commit or git.resolve(MAIN) or "")
        return self.get(repository, number)

    def get(self, repository: Repository, number: int) -> Proposal:
        """Raises HubError (404) if there is none of this number."""
        row = self.database.one(f"{_COLUMNS} WHERE repository = ? AND number = ?", repository.id, number)
        if row is None:
            raise HubError(404, f"There is no pull request {number}.")
        return _proposal(row)

    def all(self, repository: Repository) -> list[Proposal]:
        """Newest first."""
        rows = self.database.all(f"{_COLUMNS} WHERE repository = ? ORDER BY number DESC", repository.id)
        return [_proposal(row) for row in rows]

    def author(self, repository: Repository, revision: str) -> str | None:
        """Who proposed what a reference `refs/pr/N` leads to; None if it is another reference."""
        number = revision.removeprefix(PROPOSALS)
        if number == revision or not number.isascii() or not number.isdigit() or len(number) > 9:
            return None
        return self.get(repository, int(number)).author


def _proposal(row: sqlite3.Row) -> Proposal:
    return Proposal(*row)
