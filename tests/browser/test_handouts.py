"""Printed pages: what is on them and what is not, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.kinds import EVERYTHING
from tests.browser.visiting import visiting

Address = Callable[[str], str]

_CHROME = (
    "#top, .bottom-nav, #sidebar-col, .pagination, .page-tools, .copy-button, .anchor, .long-output, #to-top"
)


def _on_paper(page: Page) -> str:
    """The text of the page as it would be printed."""
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert [element for element in page.locator(_CHROME).all() if element.is_visible()] == []
    return page.locator("body").inner_text()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(
    ("path", "printed", "left_out"),
    [
        (
            "02-nesting.html",
            ["Sow the seeds", "Lifted out."],
            ["Use soil.", "Show me the solution", "First hint.", "Give me a hint"],
        ),
        ("03-code.html", ["24", "run.sh", "Materials licensed"], ["Link to this code", "13 more lines"]),
        (
            "exercises.html",
            ["Count on (3 minutes)", "Part B"],
            ["Use soil.", "The deep answer.", "First hint."],
        ),
        ("exercises-solutions.html", ["Count on (3 minutes)", "Use soil."], ["First hint."]),
        ("instructor/02-nesting.html", ["Sow the seeds"], ["Use soil.", "Instructor Note"]),
    ],
)
def test_what_is_closed_is_not_printed(
    path: str, printed: list[str], left_out: list[str], script: bool, browser: Browser, address: Address
) -> None:
    """Solutions, hints and notes are not; long output, spoilers and the license are."""
    with visiting(browser, address(EVERYTHING), script=script) as visit:
        visit.page.goto(f"{visit.root}/{path}")
        text = _on_paper(visit.page)
        assert [part for part in printed if part not in text] == []
        assert [part for part in left_out if part in text] == []


def test_what_readers_open_is_printed(browser: Browser, address: Address) -> None:
    """Whoever wants solutions on paper opens them first; afterwards all is as it was."""
    with visiting(browser, address(EVERYTHING)) as visit:
        visit.open("02-nesting.html")
        page = visit.page
        page.locator("#accordionSolution1 summary").click()
        text = _on_paper(page)
        assert "Use soil." in text
        assert "Because." not in text
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("main details[open]").count() == 1


def test_pages_print_in_the_light_theme_with_a_title(browser: Browser, address: Address) -> None:
    """Whatever the theme of the screen, and uncut. The title of the lesson is in the stylesheet, for the margin."""
    with visiting(browser, address(EVERYTHING), theme="dark") as visit:
        visit.open("03-code.html")
        visit.page.emulate_media(media="print", color_scheme="dark")
        colour = "getComputedStyle(document.documentElement).colorScheme"
        assert visit.page.evaluate(colour) == "light"
        rules = "[...document.styleSheets[0].cssRules].map((rule) => rule.cssText).join('')"
        assert "Herbs & Spices" in visit.page.evaluate(rules)
        long_output = visit.page.locator("pre:has(+ .long-output)")
        assert long_output.evaluate("e => e.clientHeight === e.scrollHeight")
        assert visit.page.pdf(format="A4").startswith(b"%PDF")
