"""What helps while reading: the device's memory, folds, figures that open large, the keyboard's focus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import layout_shift
from tests.browser.keyboard import has_focus, lost_stops, tab_to
from tests.browser.serving import serving
from tests.browser.visiting import THEMES, Theme, visiting
from tests.spokeshave.sites import build, copy_lesson

_FIRST = """---
title: Herbs to begin with
teaching: 5
exercises: 5
---

::: questions
- Which herb?
:::

::: objectives
- Pick one.
:::

- [ ] water them
- [x] buy pots
- [ ] water them

![A wide map](fig/map.png){alt='Beds in rows'}

![](fig/dot.png){alt='a dot'}

[![](fig/map.png){alt='map that leads home'}](index.md)

<a href="index.html"><figure><img src="fig/map.png" alt="figure that leads home"></figure></a>

## Sun {#sun}

::: challenge

## Which one?

::: solution

Thyme, which likes the sun.

:::

::: hint

It begins with T.

:::
:::

FILLING

## Shade and more {#shade}

FILLING

::: keypoints
- Herbs grow.
:::
"""
_EPISODE = "01-first.html"
_THYME = "details:has(#headingSolution1)"
_HINT = "details:has(#headingHint1)"


_STORE = """([endings, content]) => {
  for (const ending of endings) localStorage.setItem(document.documentElement.dataset.lesson + ending, content);
}"""


def _write_lesson(root: Path) -> Path:
    copy_lesson("tiny", root)
    (root / "episodes/fig").mkdir(exist_ok=True)
    for name, color in (("map", "green"), ("map-dark", "navy")):
        Image.new("RGB", (1600, 800), color).save(root / f"episodes/fig/{name}.png")
    Image.new("RGB", (10, 10), "red").save(root / "episodes/fig/dot.png")
    filling = "\n\n".join(f"Sentence {number} of many." for number in range(60))
    (root / "episodes/01-first.md").write_text(_FIRST.replace("FILLING", filling), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _write_lesson(tmp_path_factory.mktemp("reading") / "lesson")


@pytest.fixture(scope="module")
def site(lesson: Path) -> Iterator[str]:
    """Two lessons on one host: the same one in the folders `one` and `two`."""
    docs = lesson.parent / "docs"
    for name in ("one", "two"):
        build(lesson, docs / name)
    with serving(docs) as address:
        yield address


def _is_open(page: Page, fold: str) -> bool:
    return bool(page.locator(fold).evaluate("(fold) => fold.open"))


def _ticks(page: Page) -> list[bool]:
    return [box.is_checked() for box in page.locator("main input[type=checkbox]").all()]


def test_ticks_and_opened_folds_are_remembered(browser: Browser, site: str) -> None:
    """By page and by lesson; what "Expand all" opens is not; nothing moves when they come back."""
    with visiting(browser, site) as visit:
        visit.open(f"one/{_EPISODE}")
        assert _ticks(visit.page) == [False, True, False]
        visit.page.get_by_label("water them").nth(1).check()
        visit.page.get_by_label("buy pots").uncheck()
        visit.page.get_by_role("button", name="Expand all").click()
        visit.page.get_by_role("button", name="Collapse all").click()
        visit.page.locator(f"{_THYME} > summary").focus()
        visit.page.keyboard.press("Enter")
        visit.page.goto("about:blank")
        visit.open(f"one/{_EPISODE}")
        assert _ticks(visit.page) == [False, False, True]
        assert _is_open(visit.page, _THYME)
        assert not _is_open(visit.page, _HINT)
        assert not layout_shift(visit.page)
        for other in (f"two/{_EPISODE}", "one/02-second.html"):
            visit.open(other)
            assert True not in [*_ticks(visit.page)[:1], *_ticks(visit.page)[2:]], other
        assert not visit.noticed


def test_edited_items_lose_their_ticks(browser: Browser, site: str, lesson: Path) -> None:
    """No other item gets them."""
    page = lesson / "episodes/01-first.md"
    text = page.read_text(encoding="utf-8")
    with visiting(browser, site) as visit:
        try:
            visit.open(f"two/{_EPISODE}")
            visit.page.get_by_label("water them").first.check()
            edited = text.replace("- [ ] water them", "- [ ] plant them\n- [ ] read about them", 1)
            page.write_text(edited.replace("- [ ] water", "- [ ] rinse"), encoding="utf-8")
            build(lesson, lesson.parent / "docs/two")
            visit.open(f"two/{_EPISODE}")
            assert _ticks(visit.page) == [False, False, True, False]
        finally:
            page.write_text(text, encoding="utf-8")
            build(lesson, lesson.parent / "docs/two")


def test_strange_memory_is_none(browser: Browser, site: str) -> None:
    """Nor does it matter that nothing can be stored."""
    with visiting(browser, site) as visit:
        for content in ("{", "null", '{"v": 1, "ticked": 7, "opened": {}, "page": "x:y"}'):
            visit.open("one/index.html")
            visit.page.evaluate(_STORE, [["", f" {_EPISODE}"], content])
            visit.page.reload()
            expect(visit.page.locator("#continue")).to_be_hidden()
            visit.open(f"one/{_EPISODE}")
            assert _ticks(visit.page) == [False, True, False]
        visit.page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); } }")
        visit.page.get_by_label("buy pots").uncheck()
        visit.open(f"one/{_EPISODE}")
        assert _ticks(visit.page) == [False, True, False]
        assert not visit.noticed


def test_home_page_leads_back_to_where_the_reader_was(browser: Browser, site: str) -> None:
    """Without moving anything; on a first visit there is nothing; what is forgotten is gone."""
    with visiting(browser, site, width=390) as visit:
        visit.open("one/index.html")
        expect(visit.page.locator("#continue")).to_be_hidden()
        visit.open(f"one/{_EPISODE}#shade")
        visit.page.evaluate("document.getElementById('shade').scrollIntoView()")
        visit.open("one/index.html")
        link = visit.page.locator("#continue a")
        expect(link).to_have_text("1. Herbs to begin with – Shade and more")
        expect(link).to_be_visible()
        assert not layout_shift(visit.page)
        visit.open("two/index.html")
        expect(visit.page.locator("#continue")).to_be_hidden()
        visit.open("one/index.html")
        link.click()
        assert visit.page.url.endswith(f"one/{_EPISODE}#shade")
        visit.page.get_by_role("button", name="Forget it").click()
        expect(visit.page.get_by_role("button", name="Forgotten")).to_be_visible()
        visit.open("one/index.html")
        expect(visit.page.locator("#continue")).to_be_hidden()
        assert visit.page.evaluate("Object.keys(localStorage).filter((key) => key.includes('/one/'))") == []


def test_episodes_that_were_read_are_marked(browser: Browser, site: str) -> None:
    with visiting(browser, site) as visit:
        visit.open(f"one/{_EPISODE}")
        visit.open("one/02-second.html")
        marked = visit.page.locator("a.read")
        expect(marked).to_have_count(0)
        visit.page.goto(f"{site}/one/{_EPISODE}")
        visit.page.evaluate("scrollTo(0, document.body.scrollHeight)")
        visit.open("one/02-second.html")
        expect(marked).to_have_text("1. Herbs to begin with (read to the end)")
        assert not layout_shift(visit.page)
        visit.page.get_by_role("button", name="Forget it").click()
        expect(marked).to_have_count(0)


def test_expand_button_says_what_it_will_do(browser: Browser, site: str) -> None:
    with visiting(browser, site) as visit:
        visit.open(f"one/{_EPISODE}")
        button = visit.page.locator("#expand-code")
        for summary in visit.page.locator("main summary").all():
            expect(button).to_have_text("Expand all")
            summary.click()
        expect(button).to_have_text("Collapse all")
        button.press("Enter")
        expect(button).to_have_text("Expand all")
        assert not _is_open(visit.page, _THYME)


def test_figure_opens_large(browser: Browser, site: str) -> None:
    """By mouse and by keyboard, if it is reduced and leads nowhere; Escape gives the focus back."""
    with visiting(browser, site) as visit:
        visit.open(f"one/{_EPISODE}")
        button = visit.page.get_by_role("button", name="Enlarge figure")
        assert button.all_inner_texts() == ["Enlarge figure: A wide map"]
        button.focus()
        visit.page.keyboard.press("Enter")
        dialog = visit.page.get_by_role("dialog", name="A wide map")
        large = dialog.get_by_role("img", name="Beds in rows")
        expect(large).to_be_visible()
        shown = visit.page.locator("main figure img").first.evaluate("(image) => image.clientWidth")
        assert large.evaluate("(image) => image.clientWidth") > 1.3 * shown
        expect(dialog.locator("figcaption")).to_have_text("A wide map")
        dialog.get_by_role("button", name="Natural size").click()
        assert large.evaluate("(image) => image.clientWidth") == 1600
        assert dialog.evaluate("(dialog) => dialog.scrollWidth > dialog.clientWidth")
        visit.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(button).to_be_focused()
        visit.page.locator("main figure img").first.click()
        dialog.get_by_role("button", name="Close").click()
        expect(dialog).to_have_count(0)
        assert not layout_shift(visit.page)
        assert not visit.noticed


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("theme", THEMES)
def test_image_follows_the_theme(theme: Theme, script: bool, browser: Browser, site: str) -> None:
    """The system's, and the reader's own choice where there is a script."""
    files = {"light": "map.png", "dark": "map-dark.png"}
    other: Theme = "dark" if theme == "light" else "light"
    with visiting(browser, site, theme=theme, script=script) as visit:
        visit.page.goto(f"{site}/one/{_EPISODE}")
        image = visit.page.locator("main figure img").first

        def shown() -> str:
            return str(image.evaluate("(image) => image.currentSrc.split('/').pop()"))

        assert shown() == files[theme]
        address = image.evaluate("(image) => image.currentSrc")
        if script:
            visit.page.locator(f"[data-bs-theme-value={other}]").click()
            expect(image).to_have_js_property("currentSrc", address.replace(files[theme], files[other]))
            visit.page.reload()
            assert shown() == files[other]
            visit.page.locator("[data-bs-theme-value=auto]").click()
            expect(image).to_have_js_property("currentSrc", address)


@pytest.mark.parametrize(("path", "width", "theme"), [(_EPISODE, 1280, "dark"), ("404.html", 390, "light")])
def test_focus_is_seen(path: str, width: int, theme: Theme, browser: Browser, site: str) -> None:
    """On the buttons of figures and on ticks; and nothing has it that a short page does not show."""
    with visiting(browser, f"{site}/one", width=width, theme=theme) as visit:
        visit.page.goto(f"{site}/one/{path}")
        wrong = lost_stops(visit.page)
    assert not wrong, "\n".join(wrong)


def test_second_skip_link_leads_to_the_episodes(browser: Browser, site: str) -> None:
    """Where the list of them is in sight; on a phone it is in a menu, and there is no such link."""
    with visiting(browser, site) as visit:
        visit.page.goto(f"{site}/one/{_EPISODE}")
        link = visit.page.locator(".skip-to-episodes")
        tab_to(visit.page, ".skip-to-episodes")
        expect(link).to_be_in_viewport()
        visit.page.keyboard.press("Enter")
        visit.page.keyboard.press("Tab")
        assert has_focus(visit.page, "#sidebar .chapters a")
        visit.page.set_viewport_size({"width": 390, "height": 800})
        expect(link).to_be_hidden()
