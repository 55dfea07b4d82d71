"""Each check finds the fault that it is there for, on a page that has it, and nothing on a page without any."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.checks import accessibility, colors, is_axe_out_of_reach, layout_shift, motion, overflow
from tests.browser.keyboard import lost_stops
from tests.browser.serving import serving
from tests.browser.visiting import Visit, visiting

_PAGE = """<!DOCTYPE html><html lang="en"><head><title>A page</title><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">{head}</head><body><main><h1>A page</h1>{body}</main></body></html>"""
_POLICY = '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'
_LATE = "setTimeout(() => document.querySelector('h1').style.height = '300px', 100)"

Check = Callable[[Visit], list[str]]
_CHECKS: dict[str, Check] = {
    "overflow": lambda visit: overflow(visit.page),
    "shift": lambda visit: layout_shift(visit.page),
    "axe": lambda visit: accessibility(visit.page),
    "colors": lambda visit: colors(visit.page),
    "motion": lambda visit: motion(visit.page),
    "focus": lambda visit: lost_stops(visit.page),
    "noticed": lambda visit: visit.noticed,
}
_FAULTS = [
    ("overflow", "", "<div style='width: 2000px'>x</div>", "wider than the window: <div"),
    ("shift", "", f"<p>Pushed</p><script>{_LATE}</script>", "shifted by"),
    ("axe", "", "<p style='color: #aaa; background: #fff'>Pale</p>", "axe color-contrast"),
    ("colors", "", "<p style='color: #aaa; background: #fff'>Pale</p>", "axe color-contrast"),
    ("axe", "", "<button></button>", "axe button-name"),
    ("motion", "", "<p style='transition: color 1s'>x</p>", "p: transition"),
    (
        "motion",
        "<style>@keyframes f {to {opacity: 0}}</style>",
        "<p style='animation: f 1s infinite'>x</p>",
        "p: anim",
    ),
    ("motion", "<style>html {scroll-behavior: smooth}</style>", "", "html: smooth scroll"),
    ("focus", "", "<a href='#' style='outline: none'>x</a>", "no outline"),
    ("focus", "", "<a href='#' style='outline: 3px solid #eee'>x</a>", "too little contrast"),
    (
        "focus",
        "",
        "<a href='#' style='outline: 3px solid; position: fixed; left: -999px'>x</a>",
        "outside of",
    ),
    (
        "focus",
        "",
        "<div onkeydown='event.preventDefault()'><button>a</button></div><button>b</button>",
        "never",
    ),
    ("noticed", "", "<script>console.log('hello')</script>", "log on the console: hello"),
    ("noticed", "", "<script>nothing()</script>", "error of a script"),
    ("noticed", "", "<img src='missing.png' alt=''>", "404"),
    (
        "noticed",
        "",
        "<img src='http://elsewhere.invalid/x.png' alt=''>",
        "request to elsewhere: http://elsewhere",
    ),
    ("noticed", _POLICY, "<script>1</script>", "Content Security Policy"),
]


def _visited(check: str, head: str, body: str, folder: Path, browser: Browser) -> list[str]:
    """What this check finds on a page with these parts."""
    (folder / "page.html").write_text(_PAGE.format(head=head, body=body))
    with serving(folder) as root, visiting(browser, root) as visit:
        visit.open("page.html")
        visit.page.wait_for_timeout(200)
        return _CHECKS[check](visit)


@pytest.mark.parametrize(("check", "head", "body", "found"), _FAULTS)
def test_fault_is_found(
    check: str, head: str, body: str, found: str, browser: Browser, tmp_path: Path
) -> None:
    if check in ("axe", "colors") and is_axe_out_of_reach():
        pytest.skip("no npm, so no axe-core")
    assert found in "\n".join(_visited(check, head, body, tmp_path, browser))


@pytest.mark.parametrize("check", _CHECKS)
def test_page_without_fault_passes(check: str, browser: Browser, tmp_path: Path) -> None:
    """The policy forbids all scripts; the checks themselves run all the same."""
    if check in ("axe", "colors") and is_axe_out_of_reach():
        pytest.skip("no npm, so no axe-core")
    link = "<p><a href='page.html' style='outline-offset: 2px'>A link</a></p>"
    style = "<style>:focus-visible {outline: 3px solid #00c}</style>"
    assert _visited(check, _POLICY + style, link, tmp_path, browser) == []
