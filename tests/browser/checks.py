"""What is looked for on an open page. Each check gives what is wrong, in words; nothing if all is well.

Scripts go in by `evaluate`, which no Content-Security-Policy of the page hinders.
"""

from __future__ import annotations

import shutil
from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.spokeshave.sites import REPOSITORY

_AXE = REPOSITORY / "tests/node/node_modules/axe-core/axe.min.js"

_OVERFLOWING = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= edge) return [];
  const clipped = (element) => {
    for (let place = element.parentElement; place; place = place.parentElement)
      if (getComputedStyle(place).overflowX !== "visible" && place.getBoundingClientRect().right <= edge) return true;
    return false;
  };
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > edge + 0.5 && !clipped(element))
    .map((element) => element.outerHTML.slice(0, 120));
}"""
_SHIFTED = """async () => {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const shifts = [...window.shifts, ...window.shiftObserver.takeRecords()];
  return shifts.map(({value, sources}) =>
    [value, sources.map(({node}) => node?.outerHTML ?? node?.textContent ?? "").join(" ").slice(0, 200)]);
}"""
# What axe loads beforehand only rules want that are not on by default.
_AXE_RUN = "(options) => axe.run(document, {resultTypes: ['violations'], preload: false, ...options})"
_RULES_OF_COLORS = ["color-contrast", "link-in-text-block"]
_MOVING = """() => {
  const found = new Set();
  for (const element of document.querySelectorAll("*"))
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, part);
      const name = element.tagName.toLowerCase() + (element.className ? "." + element.className : "") + (part ?? "");
      if (/[1-9]/.test(style.transitionDuration)) found.add(name + ": transition");
      if (style.scrollBehavior === "smooth") found.add(name + ": smooth scroll");
    }
  for (const animation of document.getAnimations())
    // What a reader's own scrolling drives is no motion in time.
    if (animation.timeline === document.timeline)
      found.add(animation.effect.target.tagName.toLowerCase() + ": animation");
  return [...found];
}"""
_UNFOLDED = """() => {
  for (const fold of document.querySelectorAll("main details")) fold.open = true;
  for (const tabs of document.querySelectorAll("[role=tablist]")) tabs.lastElementChild.click();
}"""


def overflow(page: Page) -> list[str]:
    """Elements that make the page wider than the window."""
    return [f"wider than the window: {element}" for element in page.evaluate(_OVERFLOWING)]


def layout_shift(page: Page) -> list[str]:
    """What moved while the page was loading, if it adds up to more than a thousandth (web.dev/articles/cls)."""
    shifts: list[tuple[float, str]] = page.evaluate(_SHIFTED)
    if sum(value for value, _ in shifts) <= 0.001:
        return []
    return [f"shifted by {value:.4f}: {moved}" for value, moved in shifts]


def motion(page: Page) -> list[str]:
    """Elements with a transition, an animation or smooth scrolling."""
    return [f"moves: {element}" for element in page.evaluate(_MOVING)]


def accessibility(page: Page) -> list[str]:
    """What axe-core finds against the page as it is now, all of its rules with their default settings."""
    return _found_by_axe(page, {})


def colors(page: Page) -> list[str]:
    """What axe-core finds against the page's colors: all that another theme can change."""
    return _found_by_axe(page, {"runOnly": _RULES_OF_COLORS})


def _found_by_axe(page: Page, options: dict[str, Any]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    violations: list[dict[str, Any]] = page.evaluate(_AXE_RUN, options)["violations"]
    return [
        f"axe {rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in violations
        for node in rule["nodes"]
    ]


def is_axe_out_of_reach() -> bool:
    """Whether nothing can judge accessibility here, since axe-core comes by npm."""
    return shutil.which("npm") is None and not _AXE.exists()


@cache
def _axe() -> str:
    return _AXE.read_text(encoding="utf-8")


def unfold(page: Page) -> None:
    """Open all folds, and bring the last tab of each group to the front."""
    page.evaluate(_UNFOLDED)
