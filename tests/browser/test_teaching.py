"""What instructors use in class: the way between the views, and the presenter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import accessibility, is_axe_out_of_reach, motion, overflow
from tests.browser.kinds import EVERYTHING
from tests.browser.visiting import THEMES, Theme, visiting
from tests.spokeshave.sites import OURS

Address = Callable[[str], str]

_EPISODE = "instructor/03-evidence.html"
_SECTIONS = 7
_SHOWN = """() => [...document.querySelectorAll("main .page-tools + *, main section:has(> .section-heading)")]
  .filter((element) => element.checkVisibility()).length"""
_TOP = "(id) => Math.round(document.getElementById(id).getBoundingClientRect().top)"


def _status(page: Page) -> str:
    return page.locator("#presenter [role=status]").inner_text()


def test_view_changes_at_the_same_place(browser: Browser, address: Address) -> None:
    """There and back, in the midst of a page on which only instructors have notes and minutes."""
    with visiting(browser, address(OURS)) as visit:
        visit.open("03-evidence.html")
        page = visit.page
        page.evaluate("document.getElementById('leaks').scrollIntoView()")
        page.locator("#instructor-dropdown").evaluate("link => link.click()")
        page.wait_for_url("**/instructor/03-evidence.html#leaks")
        visit.settle()
        page.evaluate("document.getElementById('leaks').scrollIntoView()")
        assert 0 <= page.evaluate(_TOP, "leaks") < 50
        page.locator("#instructor-dropdown").evaluate("link => link.click()")
        page.wait_for_url(f"{visit.root}/03-evidence.html#leaks")
        assert visit.noticed == []


def test_view_changes_at_the_top_without_a_place(browser: Browser, address: Address) -> None:
    with visiting(browser, address(OURS)) as visit:
        visit.open("03-evidence.html")
        visit.page.locator("#instructor-dropdown").click()
        visit.page.wait_for_url(f"{visit.root}/{_EPISODE}")


def test_presenter_shows_one_section_at_a_time(browser: Browser, address: Address) -> None:
    """All keys; what is shown, in which size; the address follows; leaving brings the page back, at the same place."""
    with visiting(browser, address(OURS)) as visit:
        visit.open(_EPISODE)
        page = visit.page
        size = "() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
        before = page.evaluate(size)
        page.keyboard.press("p")
        assert (_status(page), page.evaluate(_SHOWN)) == (f"1 / {_SECTIONS}", 1)
        assert page.evaluate(size) > 1.4 * before
        for hidden in (".top-nav", "#sidebar", ".running-clock", ".footer"):
            expect(page.locator(hidden).first).to_be_hidden()
        for key, number in [
            ("ArrowLeft", 1),
            ("ArrowRight", 2),
            ("PageDown", 3),
            ("PageUp", 2),
            ("End", _SECTIONS),
            ("ArrowRight", _SECTIONS),
            ("Home", 1),
            ("PageDown", 2),
            ("ArrowRight", 3),
        ]:
            page.keyboard.press(key)
            assert (_status(page), page.evaluate(_SHOWN)) == (f"{number} / {_SECTIONS}", 1), key
        assert page.url.endswith("#which-captures-to-hold-out")
        assert page.evaluate("document.activeElement.id") == "which-captures-to-hold-out"
        page.keyboard.press("Escape")
        assert page.evaluate(_SHOWN) == _SECTIONS
        expect(page.locator("#presenter")).to_be_hidden()
        assert 0 <= page.evaluate(_TOP, "which-captures-to-hold-out") < 50
        assert visit.noticed == []


def test_presenter_hides_solutions_until_asked(browser: Browser, address: Address) -> None:
    """Also one that was open; the keyboard opens it. Notes are not shown. Afterwards the page is as it was."""
    with visiting(browser, address(EVERYTHING)) as visit:
        visit.open("instructor/01-divs.html#headingSolution1")
        page = visit.page
        fold = page.locator("details:has(#headingSolution1)")
        assert fold.evaluate("fold => { fold.scrollIntoView(); return fold.open; }")
        page.locator("#present").evaluate("button => button.click()")
        assert page.locator("main details[open]").count() == 0
        expect(fold.locator("summary")).to_be_visible()
        assert page.locator(".instructor-note:visible").count() == 0
        fold.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(fold.locator(".accordion-body").first).to_be_visible()
        page.keyboard.press("Escape")
        assert page.locator(".instructor-note:visible").count() > 0
        assert fold.evaluate("fold => fold.open")


def test_presenter_begins_at_the_place_of_the_address_and_follows_links(
    browser: Browser, address: Address
) -> None:
    with visiting(browser, address(OURS)) as visit:
        visit.open(_EPISODE)
        page = visit.page
        page.goto(f"{visit.root}/{_EPISODE}#leaks")
        page.keyboard.press("p")
        assert _status(page) == f"6 / {_SECTIONS}"
        page.evaluate("location.hash = 'captures-or-plots-11-minutes'")
        expect(page.locator("#presenter [role=status]")).to_have_text(f"4 / {_SECTIONS}")
        expect(page.locator("#captures-or-plots-11-minutes")).to_be_visible()


def test_keys_do_nothing_elsewhere(browser: Browser, address: Address) -> None:
    """Not while the search window is open, and not for who switched its key off; learners have no presenter."""
    with visiting(browser, address(OURS)) as visit:
        visit.open(_EPISODE)
        page = visit.page
        page.keyboard.press("/")
        expect(page.locator("dialog[open] input").first).to_be_focused()
        page.keyboard.press("p")
        page.keyboard.press("Escape")
        expect(page.locator("#presenter")).to_be_hidden()
        page.evaluate("localStorage.setItem('search-slash', 'off')")
        page.keyboard.press("p")
        expect(page.locator("#presenter")).to_be_hidden()
        visit.open("03-evidence.html")
        assert page.locator("#present, #presenter, script[src*=teaching], link[href*=teaching]").count() == 0


@pytest.mark.skipif(is_axe_out_of_reach(), reason="no npm, so no axe-core")
@pytest.mark.parametrize(("width", "theme"), [(320, THEMES[0]), (1280, THEMES[1])])
def test_presenter_is_accessible(width: int, theme: Theme, browser: Browser, address: Address) -> None:
    """In both themes, narrow and wide, for those who mind motion too."""
    with visiting(browser, address(OURS), width=width, theme=theme, still=True) as visit:
        visit.open(_EPISODE)
        page = visit.page
        page.keyboard.press("p")
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        assert accessibility(page) + overflow(page) + motion(page) + visit.noticed == []
