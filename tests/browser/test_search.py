"""Search, by keyboard alone: from the key that opens it to the place that was found, and where it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.checks import accessibility, is_axe_out_of_reach, overflow
from tests.browser.kinds import EVERYTHING
from tests.browser.visiting import Visit, visiting

Address = Callable[[str], str]

_PAGE = "01-divs.html"
_WINDOW = "#search-window"
_STATUS = f"{_WINDOW} [role=status]"
_FOUND = f"{_WINDOW} li"


def _ask(page: Page, query: str, key: str = "/") -> None:
    """Open the window with a key and type."""
    page.keyboard.press(key)
    expect(page.locator(f"{_WINDOW} input").first).to_be_focused()
    page.keyboard.type(query)


def _opened(visit: Visit, path: str = _PAGE) -> Page:
    visit.open(path)
    return visit.page


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_from_a_key_to_a_place_in_a_closed_fold(key: str, browser: Browser, address: Address) -> None:
    """Nothing of the search is loaded before; arrows move, Enter opens; nothing is said, or asked of others."""
    asked: list[str] = []
    with visiting(browser, address(EVERYTHING)) as visit:
        visit.page.on("request", lambda request: asked.append(request.url.removeprefix(visit.root)))
        page = _opened(visit)
        assert not [path for path in asked if "search" in path or "pagefind" in path]
        _ask(page, "forty-two", key)
        link = page.locator(f"{_FOUND} a").filter(has_text="Solution").first
        expect(link).to_be_visible()
        assert [path for path in asked if path.startswith("/pagefind/pagefind.js")]
        row = page.locator(_FOUND).filter(has=page.locator("a", has_text="Solution")).first
        expect(row).to_contain_text("stays closed")
        assert "Forty-two" not in row.inner_text()
        page.keyboard.press("ArrowDown")
        while not link.evaluate("link => link === document.activeElement"):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**#accordionSolution*")
        expect(page.locator(":target > details")).to_have_attribute("open", "")
        expect(page.locator(_WINDOW)).not_to_be_visible()
        assert visit.noticed == []


def test_escape_and_focus(browser: Browser, address: Address) -> None:
    """Escape gives the focus back; arrows lead from the field to the list and back; letters go on with the query."""
    with visiting(browser, address(EVERYTHING)) as visit:
        page = _opened(visit)
        field = page.locator(f"{_WINDOW} input").first
        page.locator("#search-button").focus()
        page.keyboard.press("Enter")
        expect(field).to_be_focused()
        expect(page.locator(_STATUS)).to_have_text("Type the words that you are looking for.")
        page.keyboard.type("callout")
        expect(page.locator(_FOUND).first).to_be_visible()
        expect(page.locator(_STATUS)).to_contain_text("found")
        page.keyboard.press("ArrowDown")
        expect(page.locator(f"{_FOUND} a").first).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(field).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.type("s qxw")
        expect(field).to_have_value("callouts qxw")
        expect(page.locator(_STATUS)).to_have_text(
            "Nothing was found for “callouts qxw”. Try fewer or other words."
        )
        page.keyboard.press("Escape")
        expect(page.locator(_WINDOW)).not_to_be_visible()
        expect(page.locator("#search-button")).to_be_focused()
        assert visit.noticed == []


def test_enter_opens_the_first_result_in_the_view_that_one_is_in(browser: Browser, address: Address) -> None:
    with visiting(browser, address(EVERYTHING)) as visit:
        page = _opened(visit, f"instructor/{_PAGE}")
        _ask(page, "herbs")
        page.keyboard.press("Enter")  # before there are results
        page.wait_for_url(f"{visit.root}/instructor/**")
        assert visit.noticed == []


def test_the_slash_is_left_to_fields_and_can_be_switched_off(browser: Browser, address: Address) -> None:
    with visiting(browser, address(EVERYTHING)) as visit:
        page = _opened(visit)
        _ask(page, "a/b")
        expect(page.locator(f"{_WINDOW} input").first).to_have_value("a/b")
        page.locator(f"{_WINDOW} input[type=checkbox]").uncheck()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.press("Control+k")
        expect(page.locator(f"{_WINDOW} input").first).to_have_value("a/b")
        visit.open(_PAGE)
        page.keyboard.press("/")
        assert page.locator(_WINDOW).count() == 0


def test_without_an_index_it_says_where_to_look(browser: Browser, address: Address) -> None:
    """The network fails in the middle: a sentence says so, with a link to the page of all episodes."""
    with visiting(browser, address(EVERYTHING)) as visit:

        def fail(route: Route) -> None:
            route.abort()

        visit.page.route("**/pagefind/**", fail)
        page = _opened(visit)
        _ask(page, "callout")
        expect(page.locator(_STATUS)).to_contain_text("could not be loaded")
        page.locator(f"{_STATUS} a").click()
        page.wait_for_url("**/aio.html")


def test_without_a_window_it_is_the_page_of_all_episodes(browser: Browser, address: Address) -> None:
    """As on a site whose index could not be made."""
    with visiting(browser, address(EVERYTHING)) as visit:
        visit.page.route("**/assets/search.*", lambda route: route.abort())
        _opened(visit).keyboard.press("/")
        visit.page.wait_for_url("**/aio.html")


@pytest.mark.parametrize("how", ["click", "key"])
def test_from_a_folder_it_is_the_page_of_all_episodes(
    how: str, browser: Browser, folder: Callable[[str], Path]
) -> None:
    """Nothing can be fetched there. On that page the keys are the browser's own."""
    with visiting(browser, folder(EVERYTHING).as_uri()) as visit:
        page = _opened(visit)
        assert page.locator("#search-button").inner_text().strip() == "Search the All In One page"
        if how == "click":
            page.locator("#search-button").click()
        else:
            page.keyboard.press("Control+k")
        page.wait_for_url("**/aio.html")
        page.keyboard.press("/")
        assert page.locator(_WINDOW).count() == 0
        assert visit.noticed == []


def test_without_scripts_it_is_the_page_of_all_episodes(browser: Browser, address: Address) -> None:
    with visiting(browser, address(EVERYTHING), script=False) as visit:
        page = visit.page
        page.goto(f"{visit.root}/{_PAGE}")
        assert page.locator("#search-button").inner_text().strip() == "Search the All In One page"
        page.locator("#search-button").click()
        page.wait_for_url("**/aio.html")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_window_fits_and_is_accessible(width: int, browser: Browser, address: Address) -> None:
    with visiting(browser, address(EVERYTHING), width=width) as visit:
        page = _opened(visit)
        _ask(page, "callout")
        expect(page.locator(_FOUND).first).to_be_visible()
        wrong = overflow(page)
        if not is_axe_out_of_reach():
            wrong += accessibility(page)
        assert not wrong, "\n".join(wrong)
