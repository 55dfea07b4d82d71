"""Who may see, read and change what; and requests to read gated repositories."""

from __future__ import annotations

from dataclasses import dataclass

from practice_hub.accounts import Account, Accounts, Login
from practice_hub.clock import Clock
from practice_hub.errors import HubError, bad_request, forbidden, login_needed, no_repository
from practice_hub.repositories import Repository
from practice_hub.store.database import Database

STATES = ("pending", "accepted", "rejected")
WRITERS = {"admin", "write"}


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """A user's request to read a gated repository."""

    id: int
    user: str
    fullname: str
    status: str
    requested: int


class Access:
    """The rules, and the requests."""

    def __init__(self, database: Database, accounts: Accounts, clock: Clock) -> None:
        self.database = database
        self.accounts = accounts
        self.clock = clock

    # Rules

    def role(self, account: Account | None, owner: str) -> str | None:
        """What an account is in a namespace: admin in its own, its role in an organization's, else None."""
        if account is None:
            return None
        if account.name == owner:
            return "admin"
        organizations = self.accounts.organizations(account)
        return next((role for organization, role in organizations if organization.name == owner), None)

    def can_see(self, account: Account | None, repository: Repository) -> bool:
        return not repository.private or self.role(account, repository.owner) is not None

    def can_read_files(self, account: Account | None, repository: Repository) -> bool:
        if not self.can_see(account, repository):
            return False
        if not repository.gated or self.role(account, repository.owner) is not None:
            return True
        return account is not None and self.status(account, repository) == "accepted"

    def can_write(self, account: Account | None, repository: Repository) -> bool:
        return self.role(account, repository.owner) in WRITERS

    # Rules, as errors

    def check_see(self, login: Login | None, repository: Repository) -> None:
        if not self.can_see(login.account if login else None, repository):
            raise no_repository(logged_in=login is not None)

    def check_read_files(self, login: Login | None, repository: Repository, base: str) -> None:
        """Raises HubError: 401 or 404 as for a missing repository, 401 or 403 at a gate that is closed."""
        self.check_see(login, repository)
        if self.can_read_files(login.account if login else None, repository):
            return
        restricted = f"Access to {repository.kind} {repository.full_name} is restricted"
        if login is None:
            message = (
                f"{restricted}. You must have access to it and be authenticated to access it. Please log in."
            )
            raise HubError(401, message, "GatedRepo")
        if self.status(login.account, repository) == "pending":
            message = f"Your request to access {repository.kind} {repository.full_name} is awaiting a review."
            raise HubError(403, message, "GatedRepo")
        where = base + repository.web_path
        message = f"{restricted} and you are not in the authorized list. Visit {where} to ask for access."
        raise HubError(403, message, "GatedRepo")

    def check_propose(self, login: Login | None, repository: Repository) -> Login:
        """Whoever sees a repository may propose a change, with a token that may write."""
        self.check_see(login, repository)
        if login is None:
            raise login_needed()
        if login.token.role != "write":
            raise forbidden("Forbidden: you must use a write token to change a repository.")
        return login

    def check_write(self, login: Login | None, repository: Repository, *, may_propose: bool = False) -> Login:
        """`may_propose`: what is asked for can also be a pull request."""
        login = self.check_propose(login, repository)
        if not self.can_write(login.account, repository):
            if may_propose:
                raise forbidden("Forbidden: pass `create_pr=1` as a query parameter to create a Pull Request")
            raise forbidden(f"Forbidden: {login.account.name} has no right to change {repository.full_name}.")
        return login

    def check_namespace(self, login: Login | None, owner: str, kind: str) -> Login:
        """Raises HubError (401, 403) if a repository may not be made under this name."""
        if login is None:
            raise login_needed()
        if login.token.role != "write" or self.role(login.account, owner) not in WRITERS:
            raise forbidden(f'You don\'t have the rights to create a {kind} under the namespace "{owner}"')
        return login

    # Requests

    def status(self, account: Account, repository: Repository) -> str | None:
        row = self.database.one(
            "SELECT status FROM access_request WHERE repository = ? AND account = ?",
            repository.id,
            account.id,
        )
        return row["status"] if row else None

    def ask(self, account: Account, repository: Repository) -> str:
        """Ask to read a gated repository. Returns the request's state: accepted at once if its gate is `auto`."""
        if not repository.gated:
            raise bad_request(f"{repository.full_name} is not gated: no request is needed.")
        if known := self.status(account, repository):
            return known
        state = "accepted" if repository.gated == "auto" else "pending"
        self._set(account, repository, state)
        return state

    def requests(self, repository: Repository, status: str) -> list[AccessRequest]:
        if status not in STATES:
            raise bad_request(f"status must be one of {', '.join(STATES)}")
        rows = self.database.all(
            "SELECT access_request.id, name, fullname, status, requested FROM access_request"
            " JOIN account ON account.id = account WHERE repository = ? AND status = ? ORDER BY access_request.id",
            repository.id,
            status,
        )
        return [AccessRequest(*row) for row in rows]

    def grant(self, repository: Repository, user: str) -> None:
        """Let a user in who has not asked. Raises HubError (400) if the user has access already."""
        account = self.accounts.get(user)
        if self.status(account, repository) == "accepted":
            raise bad_request(f"{user} has access already.")
        self._set(account, repository, "accepted")

    def decide(self, repository: Repository, user: str, status: str) -> None:
        """Put a request into another state. Raises HubError (404) if the user did not ask."""
        account = self.accounts.get(user)
        known = self.status(account, repository)
        if known is None:
            raise HubError(404, f"{user} did not ask to access {repository.full_name}.")
        if status not in STATES or status == known:
            raise bad_request(f"The request of {user} is {known}, and cannot become {status}.")
        self._set(account, repository, status)

    def _set(self, account: Account, repository: Repository, status: str) -> None:
        self.database.run(
            "INSERT INTO access_request (repository, account, status, requested) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (repository, account) DO UPDATE SET status = excluded.status",
            *(repository.id, account.id, status, self.clock()),
        )
