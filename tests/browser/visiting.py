"""Opening a page, and noting down all that it does which nobody should notice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

HEIGHT = 900
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
WIDTHS = (320, 390, 1280)
"""The narrowest window that accessible pages must fit (WCAG 1.4.10), a phone, a laptop."""

_SHIFTS = """
window.shifts = [];
window.shiftObserver = new PerformanceObserver((list) => window.shifts.push(...list.getEntries()));
window.shiftObserver.observe({type: "layout-shift", buffered: true});
"""
_SETTLED = """async () => {
  while (document.documentElement.classList.contains("unrolling")) await new Promise(requestAnimationFrame);
  await document.fonts.ready;
  for (const image of document.images)
    if (image.loading === "lazy" && image.checkVisibility()) {
      image.scrollIntoView();
      await image.decode().catch(() => {});
    }
  scrollTo(0, 0);
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
}"""


@dataclass
class Visit:
    """A page that is open. `root`: the address that all of the site begins with."""

    page: Page
    root: str
    noticed: list[str] = field(default_factory=list)
    """Messages on the console, errors of scripts, requests to elsewhere."""

    def open(self, path: str) -> None:
        """Go to a page of the site, and wait until everything on it is loaded, pictures further down too."""
        self.page.goto(f"{self.root}/{path}")
        self.settle()

    def settle(self) -> None:
        self.page.wait_for_load_state()
        self.page.evaluate(_SETTLED)

    def listen(self) -> None:
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.noticed.append(f"error of a script: {error}"))
        self.page.on("request", self._note_request)

    def _note_message(self, message: ConsoleMessage) -> None:
        self.noticed.append(f"{message.type} on the console: {message.text} ({message.location['url']})")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.root}/", "data:")):
            self.noticed.append(f"request to elsewhere: {request.url}")


@contextmanager
def visiting(
    browser: Browser,
    root: str,
    *,
    width: int = 1280,
    theme: Theme = "light",
    script: bool = True,
    still: bool = False,
) -> Iterator[Visit]:
    """A reader with a window of this width, who likes this theme, allows scripts, and minds motion if `still`."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        color_scheme=theme,
        java_script_enabled=script,
        reduced_motion="reduce" if still else "no-preference",
    )
    try:
        context.add_init_script(_SHIFTS)
        visit = Visit(context.new_page(), root)
        visit.listen()
        yield visit
    finally:
        context.close()
