"""Everything that a page offers can be used by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.keyboard import has_focus, lost_stops, tab_to
from tests.browser.kinds import EVERYTHING
from tests.browser.visiting import Theme, visiting
from tests.spokeshave.sites import OURS

Address = Callable[[str], str]
_EPISODE = "01-divs.html"


def _is_seen(page: Page, selector: str) -> bool:
    seen: bool = page.evaluate("(selector) => document.querySelector(selector).checkVisibility()", selector)
    return seen


@pytest.mark.parametrize(
    ("lesson", "path", "width", "theme"),
    [
        (OURS, "index.html", 390, "light"),
        (OURS, "05-package.html", 1280, "dark"),
        (EVERYTHING, "01-divs.html", 1280, "light"),
        (EVERYTHING, "06-tabs.html", 390, "dark"),
    ],
)
def test_focus_is_seen_everywhere(
    lesson: str, path: str, width: int, theme: Theme, browser: Browser, address: Address
) -> None:
    """Tab comes to every control, with an outline that stands out, and to the page's end."""
    with visiting(browser, address(lesson), width=width, theme=theme) as visit:
        visit.open(path)
        wrong = lost_stops(visit.page)
        assert not wrong, "\n".join(wrong)


def test_skip_link(browser: Browser, address: Address) -> None:
    """The first stop leads past the menus."""
    with visiting(browser, address(OURS)) as visit:
        visit.open("01-why-share.html")
        page = visit.page
        assert page.locator(".skip-link").bounding_box()["y"] < 0  # type: ignore[index]
        page.keyboard.press("Tab")
        assert has_focus(page, ".skip-link")
        assert page.locator(".skip-link").bounding_box()["y"] >= 0  # type: ignore[index]
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


def test_tabs(browser: Browser, address: Address) -> None:
    """Arrows, Home and End choose a tab; Tab goes on from the chosen one into its panel."""
    with visiting(browser, address(EVERYTHING)) as visit:
        visit.open("06-tabs.html")
        page = visit.page
        tab_to(page, "[role=tab]")
        count = page.evaluate("document.activeElement.parentElement.children.length")
        chosen = "[...document.activeElement.parentElement.children].indexOf(document.activeElement)"
        ways = [("ArrowRight", 1), ("ArrowLeft", 0), ("ArrowLeft", count - 1), ("ArrowRight", 0)]
        for key, position in [*ways, ("End", count - 1), ("Home", 0)]:
            page.keyboard.press(key)
            assert page.evaluate(chosen) == position, key
            assert has_focus(page, "[aria-selected=true]")
            assert page.evaluate(
                """() => [...document.activeElement.parentElement.children].every((tab) =>
                     document.getElementById(tab.getAttribute("aria-controls")).checkVisibility()
                     === (tab === document.activeElement))"""
            )
        page.keyboard.press("Tab")
        assert not page.evaluate("document.activeElement.matches('[aria-selected=false]')")


def test_theme(browser: Browser, address: Address) -> None:
    """A reader of a light system chooses dark; the next page knows it."""
    scheme = "getComputedStyle(document.documentElement).colorScheme"
    with visiting(browser, address(OURS)) as visit:
        visit.open("index.html")
        page = visit.page
        tab_to(page, "[data-bs-theme-value=dark]")
        page.keyboard.press("Enter")
        assert page.evaluate(scheme) == "dark"
        visit.open("02-risks.html")
        assert page.evaluate(scheme) == "dark"
        tab_to(page, "[data-bs-theme-value=light]")
        page.keyboard.press("Space")
        assert page.evaluate(scheme) == "light"
        assert page.locator("[data-bs-theme-value][aria-pressed=true]").count() == 1


def test_folds(browser: Browser, address: Address) -> None:
    """Enter opens a fold, Space closes it; a button opens and closes all of them."""
    opened = "[...document.querySelectorAll('main details')].filter((fold) => fold.open).length"
    with visiting(browser, address(EVERYTHING)) as visit:
        visit.open(_EPISODE)
        page = visit.page
        count, before = page.locator("main details").count(), page.evaluate(opened)
        tab_to(page, "#expand-code")
        words = page.locator("#expand-code").inner_text()
        page.keyboard.press("Enter")
        assert page.evaluate(opened) == count > before
        assert page.locator("#expand-code").inner_text() != words
        page.keyboard.press("Enter")
        assert page.evaluate(opened) == 0
        tab_to(page, "main summary")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.nextElementSibling.checkVisibility()")
        page.keyboard.press("Space")
        assert page.evaluate(opened) == 0


def test_menu_of_a_phone(browser: Browser, address: Address) -> None:
    """It opens, Escape closes it and gives the focus back, and its links lead on."""
    with visiting(browser, address(OURS), width=390) as visit:
        visit.open("index.html")
        page = visit.page
        assert not _is_seen(page, "#sidebar")
        tab_to(page, "[popovertarget=sidebar]")
        page.keyboard.press("Enter")
        assert _is_seen(page, "#sidebar")
        page.keyboard.press("Escape")
        assert not _is_seen(page, "#sidebar")
        assert has_focus(page, ".navbar-toggler")
        page.keyboard.press("Enter")
        tab_to(page, "#sidebar .chapters a[href^='02-']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/02-risks.html")


def test_drop_down_menu(browser: Browser, address: Address) -> None:
    """Enter opens it, Escape closes it and gives the focus back."""
    with visiting(browser, address(OURS)) as visit:
        visit.open("index.html")
        page = visit.page
        tab_to(page, ".desktop-nav summary")
        page.keyboard.press("Enter")
        assert _is_seen(page, ".desktop-nav .dropdown-menu")
        page.keyboard.press("Tab")
        assert has_focus(page, ".dropdown-menu a")
        page.keyboard.press("Escape")
        assert not _is_seen(page, ".desktop-nav .dropdown-menu")
        assert has_focus(page, ".desktop-nav summary")


# The search (`/` and Ctrl-K) and the copy buttons have their tests here, one a control.
