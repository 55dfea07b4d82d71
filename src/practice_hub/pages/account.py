"""The account page: the tokens of whoever is signed in; making one, and taking one back."""

from __future__ import annotations

from starlette.responses import Response

from practice_hub.accounts import Role
from practice_hub.call import Call
from practice_hub.errors import forbidden
from practice_hub.forms import read_form
from practice_hub.pages.page import go_to, page, shows, takes
from practice_hub.pages.sign_in import ACCOUNT
from practice_hub.routing import Need
from practice_hub.settings import shell_settings


def account(call: Call) -> Response:
    if call.login is None:
        return go_to(f"/login?to={ACCOUNT}")
    return _page(call)


def _page(call: Call, made: str = "") -> Response:
    settings = shell_settings({"HF_ENDPOINT": call.base, "HF_TOKEN": made}) if made else ()
    tokens = call.hub.accounts.tokens(call.user.account)
    own = [
        repository
        for repository in call.hub.repositories.all()
        if call.hub.access.role(call.user.account, repository.owner)
    ]
    return page(call, "account.html", tokens=tokens, made=made, settings=settings, own=own)


def make(call: Call) -> Response:
    """A new token. The answer to the form is the one page that shows it, so nothing leads there again."""
    _check_may_change(call)
    given = read_form(call)
    role: Role = "write" if given.get("role") == "write" else "read"
    return _page(call, call.hub.accounts.new_token(call.user.account, given.get("name", ""), role))


def take_back(call: Call) -> Response:
    _check_may_change(call)
    number = read_form(call).get("token", "")
    if number.isascii() and number.isdigit() and len(number) < 10:
        call.hub.accounts.remove_token(call.user.account, int(number))
    return go_to(ACCOUNT)


def _check_may_change(call: Call) -> None:
    if call.user.token.role != "write":
        raise forbidden("You signed in with a token that may only read. Sign in with one that may write.")


ROUTES = (
    shows(ACCOUNT, account),
    takes(ACCOUNT, make, Need.LOGIN),
    takes(f"{ACCOUNT}/revoke", take_back, Need.LOGIN),
)
