"""Blocks of code: what is copied and what is said of it, long output, links to blocks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.kinds import EVERYTHING
from tests.browser.visiting import visiting

Address = Callable[[str], str]

_PAGE = "03-code.html"
_LONG = ".codewrapper:has(> .long-output)"


def test_code_is_copied_without_prompts_and_labels(browser: Browser, address: Address) -> None:
    """What is copied is what one types; the button says so, aloud too. What programs print has no button."""
    with visiting(browser, address(EVERYTHING)) as visit:
        visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        visit.open(_PAGE)
        page = visit.page
        copied = []
        for code in ("echo $herb", ">>> 1 + 1", "in a file", "# a comment"):
            block = page.locator(".codewrapper").filter(has=page.locator("pre", has_text=code)).first
            block.get_by_role("button", name="Copy").press("Enter")
            expect(block.get_by_role("button", name="Copied")).to_be_focused()
            expect(page.locator("body > [role=status]")).to_have_text("Copied")
            copied.append(page.evaluate("navigator.clipboard.readText()"))
        assert copied[:3] == ["for herb in dill mint; do\n    echo $herb\ndone", "1 + 1", "in a file"]
        assert copied[3].startswith("# a comment\nimport math\n\nareas")
        assert not page.locator(".codewrapper:has(> :is(.output, .error, .warning)) .copy-button").count()
        assert visit.noticed == []


@pytest.mark.parametrize("script", [True, False])
def test_long_output_opens_by_keyboard(script: bool, browser: Browser, address: Address) -> None:
    """It shows its first lines and joins the code above it, open or closed; all of its text is there once."""
    with visiting(browser, address(EVERYTHING), script=script) as visit:
        visit.page.goto(f"{visit.root}/{_PAGE}")
        output = visit.page.locator(_LONG)
        text = output.locator("pre")
        height, lines = (text.evaluate(f"e => e.{name}") for name in ("clientHeight", "scrollHeight"))
        assert 0.45 * lines < height < 0.55 * lines  # 12 and a half of 25 lines
        assert text.inner_text().splitlines() == [str(number) for number in range(25)]
        for is_open in (False, True):
            assert (text.evaluate("e => e.clientHeight === e.scrollHeight")) == is_open
            gap = (
                "e => e.getBoundingClientRect().top - e.previousElementSibling.getBoundingClientRect().bottom"
            )
            assert abs(output.evaluate(gap)) < 1
            output.locator("summary").press("Enter")


def test_a_block_is_linked_to(browser: Browser, address: Address) -> None:
    """Its link shows when it has the focus, and leads to the block."""
    with visiting(browser, address(EVERYTHING), script=False, still=True) as visit:
        visit.page.goto(f"{visit.root}/{_PAGE}")
        link = visit.page.locator("#named-block").get_by_role("link", name="Link to this code")
        expect(link).to_have_css("opacity", "0")
        link.focus()
        expect(link).to_have_css("opacity", "1")
        link.press("Enter")
        assert visit.page.url.endswith("#named-block")
