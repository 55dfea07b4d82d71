"""Accounts of users and organizations, and the tokens of users."""

from __future__ import annotations

import hashlib
import secrets
import string
from dataclasses import dataclass
from typing import Literal

from practice_hub.clock import Clock
from practice_hub.errors import HubError, bad_request, conflict
from practice_hub.names import check_account_name
from practice_hub.store.database import Database

Role = Literal["read", "write"]
TOKEN_LENGTH = 34  # letters after `hf_`, as on the real Hub: over 190 bits of chance


@dataclass(frozen=True, slots=True)
class Account:
    """A user or an organization."""

    id: int
    name: str
    kind: str  # user or org
    fullname: str
    created: int


@dataclass(frozen=True, slots=True)
class Token:
    """A token, without its text: only its hash is stored."""

    id: int
    name: str
    role: Role
    created: int


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks: a user, and the token that was shown."""

    account: Account
    token: Token


class Accounts:
    """All accounts of a Hub."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    def add_user(self, name: str) -> Account:
        """Raises HubError: 400 if the name is not allowed, 409 if it is taken."""
        return self._add(name, "user")

    def add_organization(self, name: str, members: dict[str, str]) -> Account:
        """Members: name of a user → role: admin, write or read."""
        with self.database.transaction():
            organization = self._add(name, "org")
            for user, role in members.items():
                self.database.run(
                    "INSERT INTO member (organization, user, role) VALUES (?, ?, ?)",
                    *(organization.id, self.get(user).id, role),
                )
        return organization

    def _add(self, name: str, kind: str) -> Account:
        check_account_name(name)
        with self.database.transaction():
            if self.find(name):
                raise conflict(f'There is an account "{name}" already.')
            self.database.run(
                "INSERT INTO account (name, kind, fullname, created) VALUES (?, ?, ?, ?)",
                *(name, kind, name.replace("-", " ").title(), self.clock()),
            )
        return self.get(name)

    def find(self, name: str) -> Account | None:
        row = self.database.one("SELECT id, name, kind, fullname, created FROM account WHERE name = ?", name)
        return Account(*row) if row else None

    def get(self, name: str) -> Account:
        """Raises HubError (404) if there is none."""
        if account := self.find(name):
            return account
        raise HubError(404, f'There is no account "{name}" on this Hub.')

    def all(self) -> list[Account]:
        rows = self.database.all("SELECT id, name, kind, fullname, created FROM account ORDER BY id")
        return [Account(*row) for row in rows]

    def organizations(self, user: Account) -> list[tuple[Account, str]]:
        """The organizations that a user is in, each with the user's role."""
        rows = self.database.all(
            "SELECT account.id, name, kind, fullname, created, role FROM member"
            " JOIN account ON account.id = organization WHERE user = ? ORDER BY name",
            user.id,
        )
        return [(Account(*row[:5]), row[5]) for row in rows]

    def members(self, organization: Account) -> list[Account]:
        rows = self.database.all(
            "SELECT account.id, name, kind, fullname, created FROM member"
            " JOIN account ON account.id = user WHERE organization = ? ORDER BY name",
            organization.id,
        )
        return [Account(*row) for row in rows]

    # Tokens

    def new_token(self, account: Account, name: str, role: Role) -> str:
        """A new token, as text. It is not stored, so it cannot be shown again."""
        if not name.strip() or len(name) > 100 or role not in {"read", "write"}:
            raise bad_request("A token needs a name of up to 100 signs, and a role: read or write.")
        letters = string.ascii_letters
        text = "hf_" + "".join(secrets.choice(letters) for _ in range(TOKEN_LENGTH))
        self.database.run(
            "INSERT INTO token (account, hash, name, role, created) VALUES (?, ?, ?, ?, ?)",
            *(account.id, token_hash(text), name.strip(), role, self.clock()),
        )
        return text

    def tokens(self, account: Account) -> list[Token]:
        query = "SELECT id, name, role, created FROM token WHERE account = ? ORDER BY id"
        return [Token(*row) for row in self.database.all(query, account.id)]

    def remove_token(self, account: Account, token: int) -> None:
        self.database.run("DELETE FROM token WHERE account = ? AND id = ?", account.id, token)

    def login(self, text: str) -> Login | None:
        """Whose token this is, if it is one."""
        return self.login_with(token_hash(text))

    def login_with(self, hashed: str) -> Login | None:
        """The login of the token with this hash, if it was not taken back. Ids of tokens are used again."""
        row = self.database.one(
            "SELECT account.id, account.name, kind, fullname, account.created, token.id, token.name, role,"
            " token.created FROM token JOIN account ON account.id = token.account WHERE hash = ?",
            hashed,
        )
        return Login(Account(*row[:5]), Token(*row[5:])) if row else None


def token_hash(token: str) -> str:
    """A token is random and long, so that a plain hash of it cannot be guessed back."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
