"""A term's definition beside its link: under the pointer, by keyboard, on a tap; never on the link or off screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, Route

_PAGE = "05-links-images.html"


def _without_anchors(route: Route) -> None:
    """The stylesheet as a browser reads it that cannot place an element beside another by style."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("position-area", "no-such-property"))


@contextmanager
def _reading(
    browser: Browser, root: str, *, width: int = 1280, touch: bool = False, anchors: bool = True
) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 640}, has_touch=touch)
    try:
        if not anchors:
            context.route("**/*.css", _without_anchors)
            context.add_init_script("CSS.supports = () => false;")
        page = context.new_page()
        page.goto(f"{root}/{_PAGE}")
        yield page
    finally:
        context.close()


def _open(page: Page) -> Locator:
    return page.locator(".term-note:popover-open")


def _box(place: Locator) -> FloatRect:
    box = place.bounding_box()
    assert box is not None
    return box


def _apart(one: FloatRect, other: FloatRect) -> bool:
    return one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]


def test_pointer_and_escape(browser: Browser, address: Callable[[str], str]) -> None:
    with _reading(browser, address("everything")) as page:
        link = page.locator("#use-sill")
        assert link.get_attribute("aria-describedby") == "term-sill"
        link.hover()
        _open(page).wait_for()
        assert "the lower edge of a window" in _open(page).inner_text()
        _open(page).hover()  # the pointer may go into it
        page.wait_for_timeout(400)
        assert _open(page).count() == 1
        page.keyboard.press("Escape")
        assert _open(page).count() == 0
        page.mouse.move(0, 0)
        link.hover()
        _open(page).wait_for()
        page.mouse.move(0, 0)
        _open(page).wait_for(state="detached")
        link.click()
        page.wait_for_url("**/reference.html#sill")


def test_keyboard(browser: Browser, address: Callable[[str], str]) -> None:
    with _reading(browser, address("everything")) as page:
        page.evaluate("document.querySelector('#images a').focus()")
        page.keyboard.press("Shift")
        page.locator("#use-sill").focus()
        assert _open(page).count() == 1
        page.evaluate("scrollTo(0, 0)")
        _open(page).wait_for(state="detached")  # its link is out of sight
        page.locator("#first-pot").focus()
        assert "what a plant stands in" in _open(page).inner_text()
        page.locator("h1 ~ * a").first.focus()
        assert _open(page).count() == 0


@pytest.mark.parametrize("anchors", [True, False], ids=["placed by style", "placed by script"])
def test_tap_on_a_narrow_screen(browser: Browser, address: Callable[[str], str], *, anchors: bool) -> None:
    """The first tap shows, the link in the definition leads on; nothing is covered or cut off."""
    with _reading(browser, address("everything"), width=320, touch=True, anchors=anchors) as page:
        for name in ("#use-sill", "#first-pot"):
            link = page.locator(name)
            link.tap()
            _open(page).wait_for()
            note = _box(_open(page))
            assert _apart(note, _box(link))
            assert note["x"] >= 0
            assert note["x"] + note["width"] <= 320
            assert note["y"] >= 0
            assert note["y"] + note["height"] <= 640
            page.keyboard.press("Escape")
        page.locator("#use-sill").tap()
        _open(page).get_by_role("link", name="See in the glossary").tap()
        page.wait_for_url("**/reference.html#sill")
