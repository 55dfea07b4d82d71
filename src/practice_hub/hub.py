"""A Hub: everything that it can do, without HTTP. The API and the pages call this."""

from __future__ import annotations

import secrets
from pathlib import Path
from types import TracebackType
from typing import Self

from practice_hub.access import Access
from practice_hub.accounts import Account, Accounts
from practice_hub.clock import Clock, real_clock
from practice_hub.descriptions import Description, Descriptions
from practice_hub.failed_logins import FailedLogins
from practice_hub.large_files import LargeStorage
from practice_hub.limits import Limits
from practice_hub.proposals import Proposals
from practice_hub.repositories import Repositories, Repository
from practice_hub.revisions import find_revision
from practice_hub.sessions import Sessions
from practice_hub.signing import Signer
from practice_hub.store.database import Database
from practice_hub.store.folder import DataFolder
from practice_hub.store.large import LargeFiles
from practice_hub.xet.claims import Sender
from practice_hub.xet.files import XetFiles
from practice_hub.xet.xorbs import Xorbs

FIRST_ACCOUNT = "your-username"


class Hub:
    """A Hub and its data folder. One at a time may be open on a folder."""

    def __init__(self, data: Path, *, clock: Clock = real_clock, limits: Limits | None = None) -> None:
        """Raises FolderInUseError if another Hub is running on the folder, OSError if it cannot be written."""
        self.clock = clock
        self.limits = limits or Limits()
        self.folder = DataFolder(data)
        self.database = Database(self.folder.database)
        self.signer = Signer(_secret(self.database))
        self.accounts = Accounts(self.database, clock)
        self.sessions = Sessions()
        self.failed_logins = FailedLogins(self.limits.failed_logins)
        self.repositories = Repositories(self.database, self.folder, self.accounts, clock)
        self.access = Access(self.database, self.accounts, clock)
        self.xet = XetFiles(self.database, Xorbs(self.folder.xorbs))
        self.large = LargeStorage(self.database, LargeFiles(self.folder.large), self.xet)
        self.proposals = Proposals(self.database)
        self.descriptions = Descriptions(self.large)

    def first_account(self) -> tuple[Account, str | None]:
        """The first account. A new Hub has none: then it is made, with a token that is shown only now."""
        users = [account for account in self.accounts.all() if account.kind == "user"]
        if users:
            return users[0], None
        account = self.accounts.add_user(FIRST_ACCOUNT)
        return account, self.accounts.new_token(account, "first", "write")

    def describe(self, repository: Repository, revision: str = "main") -> Description:
        """What there is to say about a version. Raises HubError (404) if there is none of that name."""
        git = self.repositories.git(repository)
        return self.descriptions.describe(repository, git, find_revision(git, revision))

    def sender(self, account: Account) -> Sender:
        """An account as the Xet store has to know it."""

        def may_read(sha256: str) -> bool:
            holders = map(self.repositories.get, self.large.holders(sha256))
            return any(self.access.can_read_files(account, holder) for holder in holders if holder)

        return Sender(account.id, may_read)

    def delete_repository(self, repository: Repository) -> None:
        """Delete a repository, and the large files that no other one has."""
        files = self.large.all_of(repository)
        self.repositories.delete(repository)
        self.large.remove_unused(files, also_xet=False)

    def close(self) -> None:
        self.repositories.close()
        self.database.close()
        self.folder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _secret(database: Database) -> bytes:
    with database.transaction():
        if row := database.one("SELECT value FROM secret"):
            return bytes(row["value"])
        secret = secrets.token_bytes(32)
        database.run("INSERT INTO secret (value) VALUES (?)", secret)
    return secret
