"""Pages without scripts, from a folder on disk, and for readers whom motion makes ill."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.checks import motion, overflow
from tests.browser.kinds import EVERYTHING, KINDS, Kind
from tests.browser.visiting import visiting
from tests.spokeshave.sites import OURS

Address = Callable[[str], str]

_HIDDEN_TEXT = """() => {
  for (const fold of document.querySelectorAll("main details")) fold.open = true;
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const hidden = [];
  const range = document.createRange();
  while (walker.nextNode()) {
    const text = walker.currentNode;
    // Definitions beside their links: without scripts the links lead to the glossary.
    const shownByScript = ".js-only, .term-note, annotation, script, style, option";
    if (!text.textContent.trim() || text.parentElement.closest(shownByScript)) continue;
    range.selectNodeContents(text);
    if (!range.getClientRects().length) hidden.push("nobody sees: " + text.textContent.trim().slice(0, 80));
  }
  return hidden;
}"""
_SCRIPT_ONLY = """() => [...document.querySelectorAll(".js-only")]
  .filter((element) => element.checkVisibility())
  .map((element) => "does nothing: " + element.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_all_text_is_there_without_scripts(kind: Kind, browser: Browser, address: Address) -> None:
    """Everything in the text can be seen once the folds are open, and nothing that needs a script."""
    with visiting(browser, address(kind.lesson), width=390, script=False) as visit:
        visit.page.goto(f"{visit.root}/{kind.path}")
        page = visit.page
        wrong = page.evaluate(_HIDDEN_TEXT) + page.evaluate(_SCRIPT_ONLY) + overflow(page) + visit.noticed
    assert not wrong, "\n".join(wrong)


def test_menus_and_folds_work_without_scripts(browser: Browser, address: Address) -> None:
    with visiting(browser, address(EVERYTHING), width=390, script=False) as visit:
        page = visit.page
        page.goto(f"{visit.root}/01-divs.html")
        assert not page.locator("#sidebar").is_visible()
        page.locator(".navbar-toggler").click()
        assert page.locator("#sidebar").is_visible()
        page.locator(".menu-close").click()
        assert not page.locator("#sidebar").is_visible()
        fold = page.locator("main details:not([open])").first
        assert not fold.locator(".accordion-body").first.is_visible()
        fold.locator("summary").first.click()
        assert page.locator("main details[open] .accordion-body").first.is_visible()


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_page_works_from_a_folder(kind: Kind, browser: Browser, folder: Callable[[str], Path]) -> None:
    """Opened as a file, a page says nothing and asks for nothing but files of its site."""
    with visiting(browser, folder(kind.lesson).as_uri()) as visit:
        visit.open(kind.path)
        assert visit.page.evaluate("getComputedStyle(document.body).margin") == "0px", "no stylesheet"
        assert visit.noticed == []


def test_links_lead_on_in_a_folder(browser: Browser, folder: Callable[[str], Path]) -> None:
    """From the home page to the first two episodes, to the instructors' view, and back."""
    with visiting(browser, folder(OURS).as_uri()) as visit:
        visit.open("index.html")
        page = visit.page
        for link, path in [
            (".bottom-pagination [rel=next]", "01-why-share.html"),
            (".bottom-pagination [rel=next]", "02-risks.html"),
            ("#instructor-dropdown", "instructor/02-risks.html"),
            (".lesson-title-md", "instructor/index.html"),
            ("#instructor-dropdown", "index.html"),
        ]:
            page.locator(link).click()
            page.wait_for_url(f"{visit.root}/{path}")
        assert visit.noticed == []


@pytest.mark.parametrize("path", ["01-divs.html", "04-markdown.html", "06-tabs.html"])
def test_nothing_moves_for_those_who_mind_it(path: str, browser: Browser, address: Address) -> None:
    with visiting(browser, address(EVERYTHING), still=True) as visit:
        visit.open(path)
        assert motion(visit.page) == []
