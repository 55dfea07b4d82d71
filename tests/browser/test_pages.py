"""Every kind of page, in both themes and three widths: nothing that a reader would stumble over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.browser.checks import accessibility, colors, is_axe_out_of_reach, layout_shift, overflow, unfold
from tests.browser.kinds import KINDS, Kind
from tests.browser.visiting import WIDTHS, visiting

Address = Callable[[str], str]
_SMALLEST, _PHONE, _LAPTOP = WIDTHS
_JUDGED = [
    (kind, width) for kind in KINDS for width in (_PHONE, _LAPTOP) if width == _LAPTOP or not kind.is_long
]


@pytest.mark.parametrize("width", [_PHONE, _LAPTOP])
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_page_is_calm(kind: Kind, width: int, browser: Browser, address: Address) -> None:
    """It fits the window, folded or not, keeps its layout, says nothing, and asks for nothing from elsewhere.

    On the phone it fits a smaller one too.
    """
    with visiting(browser, address(kind.lesson), width=width) as visit:
        visit.open(kind.path)
        wrong = layout_shift(visit.page)
        for narrower in [width, *([_SMALLEST] if width == _PHONE else [])]:
            visit.page.set_viewport_size({"width": narrower, "height": 800})
            wrong += overflow(visit.page)
        unfold(visit.page)
        wrong += overflow(visit.page) + visit.noticed
    assert not wrong, "\n".join(wrong)


@pytest.mark.skipif(is_axe_out_of_reach(), reason="no npm, so no axe-core: ACCESSIBILITY IS NOT CHECKED")
@pytest.mark.parametrize(("kind", "width"), _JUDGED, ids=str)
def test_page_is_accessible(kind: Kind, width: int, browser: Browser, address: Address) -> None:
    """axe-core finds nothing, on the laptop as the page is loaded, on the phone with all folds open.

    A long page is judged in one width and theme.
    """
    with visiting(browser, address(kind.lesson), width=width) as visit:
        visit.open(kind.path)
        if width == _PHONE:
            unfold(visit.page)
        wrong = accessibility(visit.page)
        visit.page.emulate_media(color_scheme="dark")
        wrong += [f"dark: {finding}" for finding in colors(visit.page)]
    assert not wrong, "\n".join(wrong)
