"""What people put into cards runs nothing, loads nothing from elsewhere and leaves the page as it is.

The cards are the files in `hostile/`; each tries to set the page's title, or to load or send something. They are
looked at in a real browser twice: as the Hub sends them, and with the page's content security policy switched off, so
that nothing but the cleaning of their HTML is in their way.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from practice_hub.pages.card import LONGEST, Place, card_html
from practice_hub.repositories import Repository
from practice_hub.running import RunningHub
from spokeshave.markdown import parse
from tests.practice_hub.browser import Browser
from tests.practice_hub.pages.content import fill
from tests.practice_hub.pages.visitor import Visitor

CARDS = sorted((Path(__file__).parent / "hostile").glob("*.md"))
EVIL = (
    b"<svg xmlns='http://www.w3.org/2000/svg' onload=\"document.title='stolen'\">"
    b"<script>document.title='stolen'</script></svg>"
)
PLACE = Place(Repository(1, "model", "ada", "card", False, "", 0, 0), "main")
# Waits, and does to everything in the card what a visitor could do, but following links that lead away.
PROVOKE = """
(async () => {
  for (const item of document.querySelectorAll(".hub-card, .hub-card *")) {
    for (const name of ["mouseover", "focus", "click", "toggle", "animationstart"]) {
      const event = new Event(name, {bubbles: true, cancelable: true});
      if (name !== "click" || !item.closest("a[href^=http], a[href^='/'], a[href^=mailto]")) item.dispatchEvent(event);
    }
  }
  for (const link of document.querySelectorAll("a")) {
    if (!/^(https?|mailto):/.test(link.href) && link.getAttribute("href")) location.href = link.href;
  }
  await new Promise(done => setTimeout(done, 300));
  return document.title;
})()
"""
FOUND = """
[...document.querySelectorAll(".hub-card *")].flatMap(item => [
  ...[...item.attributes].filter(a => /^on|^style$|^srcdoc$|^action$|^formaction$|href$/i.test(a.name)
    && !(a.name === "href" && /^(https?:|mailto:|#|\\/ada\\/hostile)/.test(a.value))).map(a => item.outerHTML),
  ...(/^(script|style|iframe|object|embed|link|meta|base|form|svg|template|button|textarea|select|video|audio)$/i
    .test(item.localName) ? [item.outerHTML] : []),
])
"""
# Names of elements that `document` gives before its own.
CLOBBERED = "Object.getOwnPropertyNames(document).filter(name => name !== 'location')"


@pytest.fixture(params=CARDS, ids=lambda path: path.stem)
def hostile(request: pytest.FixtureRequest, running: RunningHub) -> str:
    path: Path = request.param
    files = {"README.md": path.read_bytes(), "evil.js": b"document.title='stolen'", "fig/evil.svg": EVIL}
    fill(running.hub, f"ada/hostile-{path.stem}", files)
    return f"{running.address}/ada/hostile-{path.stem}"


@pytest.mark.parametrize("policy", ["with the policy", "without the policy"])
def test_a_hostile_card_does_nothing(
    hostile: str, policy: str, browser: Browser, running: RunningHub
) -> None:
    browser.ask("Page.setBypassCSP", enabled=policy == "without the policy")
    browser.requested.clear()
    browser.dialogs.clear()
    browser.open(hostile)
    expected = f"{hostile.removeprefix(running.address + '/')} · practice-hub"
    assert browser.evaluate(PROVOKE) == expected
    assert browser.dialogs == []
    assert [address for address in browser.requested if not address.startswith(running.address + "/")] == []
    assert browser.evaluate(FOUND.replace("hostile", hostile.rpartition("/")[2])) == []
    assert browser.evaluate(CLOBBERED) == []
    # The page around the card is still there, once, and can be seen.
    assert browser.evaluate("document.querySelectorAll('#hub-main, #hub-files, #hub-facts').length") == 3
    assert browser.evaluate("document.querySelector('#hub-history').getClientRects().length") == 1
    assert (
        browser.evaluate(
            "[...document.querySelectorAll('.hub-card [class*=hub-], .hub-card .skip-link')].length"
        )
        == 0
    )


def test_this_would_be_seen(browser: Browser, tmp_path: Path) -> None:
    """Each of these cards does harm where nobody cleans it: else the tests above would show nothing."""
    browser.ask("Page.setBypassCSP", enabled=False)
    for card in CARDS:
        page = tmp_path / f"{card.stem}.html"
        page.write_bytes(b"<!DOCTYPE html><meta charset=utf-8><title>untouched</title>" + card.read_bytes())
        browser.open(page.as_uri())
        time.sleep(0.5)  # not in the page: one of the cards leads the browser away from it
        title = browser.evaluate("document.title")
        links = browser.evaluate(
            "[...document.getElementsByTagName('a')].some(link => link.protocol === 'javascript:')"
        )
        assert title != "untouched" or links, card.stem
        assert browser.evaluate(CLOBBERED) or card.stem != "clobbering"


def test_a_drawing_runs_nothing_when_it_is_opened(browser: Browser, running: RunningHub) -> None:
    browser.ask("Page.setBypassCSP", enabled=False)
    fill(running.hub, "ada/drawing", {"fig/evil.svg": EVIL})
    for what in ("image", "resolve", "raw"):
        browser.open(f"{running.address}/ada/drawing/{what}/main/fig/evil.svg")
        assert browser.evaluate("document.title") != "stolen"


@pytest.mark.parametrize(
    "text",
    [
        *(">" * 5_000 + " x", "- " * 3_000 + "x", "<div>" * 20_000, "<b>" * 20_000 + "x", "[" * 20_000),
        *("*" * 20_000, "`" * 9_999, "::: a\n" * 3_000, "$" * 9_999, "<table><tr><td>" * 3_000, "![" * 9_999),
        *("a" * (LONGEST + 1), "\0\x01\x02", "\ud800", "|a" * 9_000 + "\n" + "|-" * 9_000, "^[" * 9_000),
    ],
    ids=lambda text: f"{text[:5]!r}",
)
def test_a_card_cannot_break_the_page(text: str) -> None:
    html = card_html(text, PLACE)
    assert html


def test_a_card_that_cannot_be_rendered_is_shown_as_it_is_written(
    running: RunningHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(text: str) -> None:
        raise RecursionError

    monkeypatch.setattr("practice_hub.pages.card.parse", broken)
    fill(running.hub, "ada/broken", {"README.md": b"# Broken <script>x</script>\n"})
    answer = Visitor(running.address).get("/ada/broken")
    assert answer.status == 200
    assert "# Broken &lt;script&gt;x&lt;/script&gt;" in answer.text
    assert parse("x").nodes
