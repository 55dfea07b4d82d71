"""Accounts of a class: one for each learner and one for the teacher, each with a token."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from practice_hub.accounts import Account, Accounts

TEACHER = "teacher"
TOKEN = "classroom"
"""What the tokens are called, by which they are found again."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A person of the class. The token is known only when it is new."""

    name: str
    token: str | None


def names(learners: int) -> list[str]:
    """`teacher`, then `learner-01` and so on."""
    return [TEACHER, *(f"learner-{number:02}" for number in range(1, learners + 1))]


def without_token(accounts: Accounts, learners: int, *, renew: bool) -> bool:
    """Whether `seat` would make a token."""
    found = (accounts.find(name) for name in names(learners))
    return renew or any(account is None or not _class_tokens(accounts, account) for account in found)


def seat(accounts: Accounts, learners: int, *, renew: bool) -> list[Seat]:
    """The class. Accounts and tokens that are there stay; with `renew`, the tokens of the class are replaced."""
    with accounts.database.transaction():
        return [_seat(accounts, name, renew=renew) for name in names(learners)]


def _seat(accounts: Accounts, name: str, *, renew: bool) -> Seat:
    account = accounts.find(name) or accounts.add_user(name)
    known = list(_class_tokens(accounts, account))
    if known and not renew:
        return Seat(account.name, None)
    for token in known:
        accounts.remove_token(account, token)
    return Seat(account.name, accounts.new_token(account, TOKEN, "write"))


def _class_tokens(accounts: Accounts, account: Account) -> Iterable[int]:
    return [token.id for token in accounts.tokens(account) if token.name == TOKEN]
