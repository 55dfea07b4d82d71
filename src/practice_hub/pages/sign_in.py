"""Signing in with a token, and out. The browser keeps a session; the token is used once, and not kept."""

from __future__ import annotations

from starlette.responses import Response

from practice_hub.accounts import token_hash
from practice_hub.call import Call
from practice_hub.forms import read_form
from practice_hub.pages.page import go_to, page, shows, takes
from practice_hub.sessions import LIFETIME, cookie_name

ACCOUNT = "/settings/tokens"
WRONG = "This is not a token of this Hub. Tokens begin with hf_ and have 37 signs; look whether all of it is there."


def form(call: Call) -> Response:
    return page(call, "sign_in.html", to=_local(call.query.get("to", ACCOUNT)), wrong="")


def sign_in(call: Call) -> Response:
    given = read_form(call)
    to = _local(given.get("to", ACCOUNT))
    hashed = token_hash(given.get("token", "").strip())
    if call.hub.accounts.login_with(hashed) is None:
        call.hub.failed_logins.check(call.address)
        return page(call, "sign_in.html", 403, to=to, wrong=WRONG)
    if call.session:
        call.hub.sessions.end(call.session)
    value = call.hub.sessions.start(hashed)
    return go_to(to, lambda response: _set_cookie(call, response, value, LIFETIME))


def sign_out(call: Call) -> Response:
    call.hub.sessions.end(call.session)
    return go_to("/", lambda response: _set_cookie(call, response, "", 0))


def _set_cookie(call: Call, response: Response, value: str, seconds: int) -> None:
    response.set_cookie(cookie_name(call.base), value, seconds, httponly=True, samesite="strict")


def _local(address: str) -> str:
    """An address to go on to: a page of this Hub, whatever the link said."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if plain and address.isascii() else ACCOUNT


ROUTES = (shows("/login", form), takes("/login", sign_in), takes("/logout", sign_out))
