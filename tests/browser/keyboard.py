"""A reader without a mouse."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

_MOST_STOPS = 500

_STOP = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  // A definition shows beside each link to its term, so the way leads through it more than once.
  if (element.dataset.stopped && !element.closest(".term-note")) return null;
  element.dataset.stopped = "yes";
  const pixel = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgb = (colour) => {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    return [...pixel.getImageData(0, 0, 1, 1).data];
  };
  const light = ([red, green, blue]) => [red, green, blue]
    .map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, position) => sum + part * [0.2126, 0.7152, 0.0722][position], 0);
  const style = getComputedStyle(element);
  let ground = parseFloat(style.outlineOffset) < 0 ? element : element.parentElement;
  while (ground.parentElement && rgb(getComputedStyle(ground).backgroundColor)[3] < 255) ground = ground.parentElement;
  const paint = rgb(getComputedStyle(ground).backgroundColor);
  const [darker, lighter] = [rgb(style.outlineColor), paint[3] < 255 ? [255, 255, 255] : paint]
    .map(light).sort((one, other) => one - other);
  const place = element.getBoundingClientRect();
  const wrong = [];
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) wrong.push("no outline");
  else if ((lighter + 0.05) / (darker + 0.05) < 3) wrong.push("an outline of too little contrast");
  if (style.opacity === "0" || style.visibility === "hidden") wrong.push("invisible");
  if (place.bottom <= 0 || place.top >= innerHeight || place.right <= 0 || place.left >= innerWidth)
    wrong.push("outside of the window");
  return {wrong, html: element.outerHTML.slice(0, 120)};
}"""
_CONTROLS = """() => [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")]
  .filter((element) => element.tabIndex >= 0 && !element.disabled && !element.dataset.stopped)
  .filter((element) => element.checkVisibility({visibilityProperty: true}))
  .map((element) => "never reached: " + element.outerHTML.slice(0, 120))"""


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what matches the selector has the focus. Raises AssertionError if it never has."""
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def has_focus(page: Page, selector: str) -> bool:
    found: bool = page.evaluate("(selector) => document.activeElement.matches(selector)", selector)
    return found


def lost_stops(page: Page) -> list[str]:
    """What is wrong on the way through the page by Tab: focus that nobody sees, controls that it leaves out."""
    wrong = list(_stops(page))
    return wrong + list(page.evaluate(_CONTROLS))


def _stops(page: Page) -> Iterator[str]:
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stop is None:
            return
        yield from (f"focus with {fault}: {stop['html']}" for fault in stop["wrong"])
    yield "Tab never comes to an end"
