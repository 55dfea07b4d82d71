"""Who sees what on the pages, and who gets through a gate."""

from __future__ import annotations

import pytest

from practice_hub.running import RunningHub
from tests.practice_hub.pages.visitor import Visitor

PAGES = (
    "",
    "/tree/main",
    "/blob/main/README.md",
    "/commits/main",
    "/settings",
    "/image/main/x.png",
    "/resolve/main/README.md",
    "/raw/main/README.md",
)


@pytest.mark.parametrize("page", PAGES)
def test_private_is_as_if_it_were_not_there(page: str, visitor: Visitor, bob: Visitor, ada: Visitor) -> None:
    for stranger in (visitor, bob):
        private, missing = (stranger.get(f"/ada/{name}{page}") for name in ("secret", "missing"))
        assert private.status == missing.status == 404
        assert private.text == missing.text
        assert "secret" not in private.text
    assert ada.get(f"/ada/secret{page}").status == (404 if "image" in page else 200)


def test_private_is_in_no_list(visitor: Visitor, bob: Visitor) -> None:
    for stranger in (visitor, bob):
        for path in ("/", "/models", "/ada", "/?search=secret"):
            assert "ada/secret" not in stranger.get(path).text


def test_a_gated_model_is_shown_but_not_its_files(visitor: Visitor, bob: Visitor, ada: Visitor) -> None:
    page = visitor.get("/ada/gated")
    assert page.status == 200
    assert "is gated" in page.words
    assert page.page.select_one('a[href="/login?to=/ada/gated"]')
    assert not page.page.select('form[method="post"]')
    for path in ("/ada/gated/blob/main/README.md", "/ada/gated/resolve/main/weights.bin"):
        for stranger in (visitor, bob):
            answer = stranger.get(path)
            assert answer.status == 403
            assert "restricted" in answer.words
        assert ada.get(path).status in {200, 302}
    assert "is gated" not in ada.get("/ada/gated").words


def test_a_request_is_made_and_decided(bob: Visitor, ada: Visitor) -> None:
    request = "/ada/gated/request-access"
    decide = "/ada/gated/settings/access"
    file = "/ada/gated/blob/main/README.md"
    assert bob.fill_in("/ada/gated", request).headers["Location"] == "/ada/gated"
    assert "has not decided yet" in bob.get("/ada/gated").words
    assert bob.get(file).status == 403
    asked = ada.form("/ada/gated/settings", decide)
    assert asked["user"] == "bob"
    assert ada.send(decide, asked | {"status": "rejected"}).status == 303
    assert "declined" in bob.get("/ada/gated").words
    assert ada.send(decide, asked | {"status": "accepted"}).status == 303
    assert bob.get(file).status == 200
    assert "is gated" not in bob.get("/ada/gated").words
    assert ada.send(decide, asked | {"status": "rejected"}).status == 303
    assert bob.get(file).status == 403
    assert ada.send(decide, asked | {"status": "sideways"}).status == 400
    assert ada.send(decide, asked | {"user": "eve"}).status == 404


def test_an_automatic_gate_opens_at_once(bob: Visitor) -> None:
    assert bob.get("/ada/open-gate/blob/main/README.md").status == 403
    assert bob.fill_in("/ada/open-gate", "/ada/open-gate/request-access").status == 303
    assert bob.get("/ada/open-gate/blob/main/README.md").status == 200


def test_only_the_owner_sees_and_changes_settings(
    visitor: Visitor, bob: Visitor, ada: Visitor, filled: RunningHub
) -> None:
    path = "/ada/bare/settings"
    assert visitor.get(path).status == 401
    assert visitor.get(path).page.select_one('a[href="/login"]')
    assert bob.get(path).status == 403
    fields = bob.form("/settings/tokens", "/logout") | {"visibility": "private", "gated": ""}
    assert bob.send(path, fields).status == 403
    assert ada.fill_in(path, path, visibility="private", gated="manual").status == 303
    changed = filled.hub.repositories.find("model", "ada/bare")
    assert changed
    assert (changed.private, changed.gated) == (True, "manual")
    assert ada.fill_in(path, path, visibility="public", gated="").status == 303
    assert ada.fill_in(path, path, visibility="secret").status == 400
    assert ada.fill_in(path, path, gated="always").status == 400


def test_strangers_ask_for_nothing_that_needs_an_account(visitor: Visitor) -> None:
    fields = visitor.form("/login", "/login")
    for action in ("/ada/gated/request-access", "/settings/tokens", "/ada/gated/settings"):
        assert visitor.send(action, fields).status == 401
