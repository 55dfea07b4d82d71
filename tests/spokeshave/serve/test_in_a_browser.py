"""The preview in a real browser: what its author sees while writing."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.chromium import running_browser
from tests.spokeshave.serve.previews import preview, write_by_rename
from tests.spokeshave.sites import copy_lesson

_FILLING = "\n\nA seed waits for rain.\n" * 60
_SOLUTION = "\n::: challenge\n\n## Which one?\n\n::: solution\n\nThe round one.\n\n:::\n:::\n"
_OVERLAY = "#spokeshave-preview"


def test_a_page_is_written_and_seen(tmp_path: Path) -> None:
    """A change loads the page anew at the same place; a mistake lies over it until it is mended or closed."""
    root = copy_lesson("tiny", tmp_path / "lesson")
    episode = root / "episodes/01-first.md"
    text = episode.read_text(encoding="utf-8").replace(
        "## Seeds", f"{_SOLUTION}{_FILLING}\n## Seeds {{#seeds}}\n"
    )
    text = text.replace("::: keypoints", f"{_FILLING}\n::: keypoints")
    episode.write_text(text, encoding="utf-8")
    with preview(root, tmp_path / "temporary") as running, running_browser() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        noticed: list[str] = []
        page.on("console", lambda message: noticed.append(message.text))
        page.on("pageerror", lambda error: noticed.append(str(error)))
        page.goto(f"{running.address}01-first.html")
        page.locator("main details summary").click()
        page.evaluate("document.getElementById('seeds').scrollIntoView()")
        heading = "document.getElementById('seeds').getBoundingClientRect().top"
        before = page.evaluate(heading)
        page.evaluate("document.documentElement.dataset.seen = true")

        # Text that grows above the window moves nothing in it.
        write_by_rename(episode, text.replace("A seed waits for rain.", "A seed sleeps.\n\nIt waits.", 3))
        expect(page.get_by_text("A seed sleeps.").first).to_be_attached()
        # The new text is put into the page that is there, and after that the page loads anew.
        expect(page.locator("html[data-seen]")).to_have_count(0)
        page.wait_for_load_state()
        assert page.evaluate("scrollY") > 1000
        assert abs(page.evaluate(heading) - before) <= 2
        assert page.evaluate("document.querySelector('main details').open")

        overlay = page.locator(_OVERLAY)
        write_by_rename(episode, text.replace("teaching: 10", "teaching: ["))
        expect(overlay).to_contain_text("episodes/01-first.md:")
        expect(overlay).to_have_role("alert")
        expect(page.get_by_text("A seed sleeps.").first).to_be_attached()
        page.keyboard.press("Escape")
        expect(overlay).to_have_count(0)

        write_by_rename(episode, text.replace("teaching: 10", "teaching: {"))
        expect(overlay).to_be_visible()
        write_by_rename(episode, text.replace("A stone does not.", "A stone never does."))
        expect(page.get_by_text("A stone never does.")).to_be_visible()
        expect(overlay).to_have_count(0)
        assert noticed == []
