"""Signing in and out, and forms: nobody else's page can do anything in a visitor's name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from practice_hub.limits import Limits
from practice_hub.running import RunningHub, running_hub
from practice_hub.sessions import LIFETIME, Sessions
from tests.practice_hub.pages.visitor import TICKET, Visitor

TOKENS = "/settings/tokens"


def test_sign_in_and_out(filled: RunningHub, visitor: Visitor) -> None:
    token = filled.new_token("ada")
    answer = visitor.fill_in("/login", "/login", token=f" {token}\n")
    assert (answer.status, answer.headers["Location"]) == (303, TOKENS)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"practice-hub-{visitor.address.rpartition(':')[2]}=")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert token not in cookie
    ada = replace(visitor, cookie=cookie.partition(";")[0])
    assert ada.get(TOKENS).page.h1.get_text() == "ada"  # type: ignore[union-attr]
    left = ada.fill_in(TOKENS, "/logout")
    assert (left.status, left.headers["Location"]) == (303, "/")
    assert ada.get(TOKENS).headers["Location"] == f"/login?to={TOKENS}"


def test_no_session_without_a_token(visitor: Visitor) -> None:
    answer = visitor.fill_in("/login", "/login", token="hf_wrong")
    assert answer.status == 403
    assert "Set-Cookie" not in answer.headers
    assert "This is not a token of this Hub" in answer.words
    assert "hf_wrong" not in answer.text
    name = f"practice-hub-{visitor.address.rpartition(':')[2]}"
    assert replace(visitor, cookie=f"{name}=made-up").get(TOKENS).status == 303


def test_a_session_ends_with_its_token(filled: RunningHub, ada: Visitor) -> None:
    (account,) = [account for account in filled.hub.accounts.all() if account.name == "ada"]
    assert ada.get("/ada/secret").status == 200
    for token in filled.hub.accounts.tokens(account):
        filled.hub.accounts.remove_token(account, token.id)
    assert ada.get("/ada/secret").status == 404


def test_a_session_does_not_open_the_next_account(filled: RunningHub, visitor: Visitor) -> None:
    """The database gives the id of a token that was taken back to the next one."""
    accounts = filled.hub.accounts
    text = accounts.new_token(accounts.get("ada"), "for a while", "write")
    login = accounts.login(text)
    assert login
    ada = visitor.signed_in(text)
    accounts.remove_token(login.account, login.token.id)
    following = accounts.login(accounts.new_token(accounts.get("bob"), "new", "write"))
    assert following
    assert following.token.id == login.token.id
    assert ada.get("/settings/tokens").status == 303


def test_a_session_is_over_in_the_evening() -> None:
    clock = iter([100.0, 100.0 + LIFETIME - 0.1, 100.0 + LIFETIME])
    sessions = Sessions(lambda: next(clock))
    value = sessions.start("hash")
    session = sessions.find(value)
    assert session
    assert sessions.find(session.id) is None
    assert sessions.find(value) is None


def test_guessing_tokens_is_slowed_down() -> None:
    with running_hub(limits=Limits(failed_logins=3)) as running:
        visitor = Visitor(running.address)
        assert [visitor.fill_in("/login", "/login", token="hf_x").status for _ in range(5)] == [
            403,
            403,
            403,
            429,
            429,
        ]
        assert visitor.signed_in(running.new_token()).cookie


@pytest.mark.parametrize(
    "to",
    [
        "//elsewhere.example",
        "/\\elsewhere.example",
        "https://elsewhere.example",
        "javascript:x",
        "",
        "/a\nb",
        "x",
    ],
)
def test_signing_in_leads_nowhere_else(filled: RunningHub, visitor: Visitor, to: str) -> None:
    answer = visitor.fill_in("/login", "/login", token=filled.new_token("bob"), to=to)
    assert answer.headers["Location"] == TOKENS
    answer = visitor.fill_in("/login", "/login", token=filled.new_token("bob"), to="/ada/gated")
    assert answer.headers["Location"] == "/ada/gated"


def test_tokens_are_made_shown_once_and_taken_back(filled: RunningHub, ada: Visitor) -> None:
    answer = ada.fill_in(TOKENS, TOKENS, name="laptop <1>", role="write")
    assert answer.status == 200
    new = str(answer.page.select_one(".hub-new pre").get_text())  # type: ignore[union-attr]
    login = filled.hub.accounts.login(new)
    assert login
    assert (login.account.name, login.token.name, login.token.role) == ("ada", "laptop <1>", "write")
    assert f"export HF_ENDPOINT={filled.address}" in answer.text
    page = ada.get(TOKENS)
    assert new not in page.text
    assert "laptop <1>" in page.words
    fields = ada.form(TOKENS, f"{TOKENS}/revoke") | {"token": str(login.token.id)}
    assert ada.send(f"{TOKENS}/revoke", fields).status == 303
    assert filled.hub.accounts.login(new) is None


def test_a_token_is_made_with_the_least_that_is_asked_for(filled: RunningHub, ada: Visitor) -> None:
    answer = ada.fill_in(TOKENS, TOKENS, name="reader")
    login = filled.hub.accounts.login(answer.page.select_one(".hub-new pre").get_text())  # type: ignore[union-attr]
    assert login
    assert login.token.role == "read"
    assert ada.fill_in(TOKENS, TOKENS, name=" ").status == 400


def test_who_may_only_read_makes_no_tokens(filled: RunningHub, visitor: Visitor) -> None:
    reader = visitor.signed_in(filled.new_token("ada", "read"))
    assert not reader.get(TOKENS).page.select(f'form[action="{TOKENS}"]')
    fields = {TICKET: reader.form(TOKENS, "/logout")[TICKET], "name": "more", "role": "write"}
    assert reader.send(TOKENS, fields).status == 403
    assert reader.send(f"{TOKENS}/revoke", fields | {"token": "1"}).status == 403
    assert reader.get("/ada/gated/settings").status == 403


def test_others_tokens_cannot_be_taken_back(filled: RunningHub, ada: Visitor, bob: Visitor) -> None:
    account = filled.hub.accounts.get("ada")
    before = filled.hub.accounts.tokens(account)
    fields = bob.form(TOKENS, f"{TOKENS}/revoke")
    for token in [str(token.id) for token in before] + ["", "x", "9" * 40, "\u0661"]:
        assert bob.send(f"{TOKENS}/revoke", fields | {"token": token}).status == 303
    assert filled.hub.accounts.tokens(account) == before
    assert ada.get(TOKENS).status == 200


FORMS: tuple[tuple[str, str, dict[str, str]], ...] = (
    (TOKENS, TOKENS, {"name": "stolen", "role": "write"}),
    (TOKENS, f"{TOKENS}/revoke", {}),
    (TOKENS, "/logout", {}),
    ("/login", "/login", {"token": "hf_x"}),
    ("/ada/open-gate/settings", "/ada/open-gate/settings", {"visibility": "private"}),
)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example", "Sec_Fetch_Site": "cross-site"},
        {"Origin": "http://127.0.0.1:8888", "Sec_Fetch_Site": "same-site"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "none"},
    ],
    ids=str,
)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[1])
def test_forms_of_other_pages_do_nothing(
    form: tuple[str, str, dict[str, str]], headers: dict[str, str], ada: Visitor, filled: RunningHub
) -> None:
    path, action, more = form
    before = filled.hub.accounts.tokens(filled.hub.accounts.get("ada"))
    answer = ada.send(action, ada.form(path, action) | more, **headers)
    assert answer.status == 403
    assert "not sent by a page of this Hub" in answer.words
    assert filled.hub.accounts.tokens(filled.hub.accounts.get("ada")) == before
    assert ada.get(TOKENS).status == 200


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[1])
def test_a_form_needs_its_own_ticket(
    form: tuple[str, str, dict[str, str]], ada: Visitor, bob: Visitor, visitor: Visitor
) -> None:
    path, action, more = form
    fields = ada.form(path, action) | more
    foreign = bob.form(TOKENS, "/logout")[TICKET]
    nobodys = visitor.form("/login", "/login")[TICKET]
    for ticket in ("", "x", "x.y", foreign, nobodys, fields[TICKET] + "A"):
        answer = ada.send(action, fields | {TICKET: ticket})
        assert answer.status == 403, ticket
        assert "This form is too old" in answer.words
    assert ada.send(action, {}).status == 403
    assert ada.get(TOKENS).status == 200


def test_a_cookie_alone_writes_nothing(ada: Visitor, filled: RunningHub) -> None:
    """The calls that programs use want the token itself."""
    body = '{"name": "by-cookie", "type": "model"}'
    assert ada.ask("POST", "/api/repos/create", body, Content_Type="application/json").status == 401
    assert ada.ask("POST", "/ada/gated/ask-access").status == 401
    assert ada.get("/api/whoami-v2").status == 401
    assert filled.hub.repositories.find("model", "ada/by-cookie") is None


def test_forms_of_another_kind_are_refused(ada: Visitor) -> None:
    for body in ("{}", "\xff", "a=1&" * 200, "x" * 30_000):
        answer = ada.ask("POST", TOKENS, body, Origin=ada.address, Content_Type="application/json")
        assert answer.status in {400, 403, 413}
        assert answer.page.h1
