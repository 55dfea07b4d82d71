"""Pictures of every kind of page, for people to look at: `python -m tests.browser.screenshots`.

They go to site/screenshots/KIND-WIDTH-THEME.png, which git ignores.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import click
from playwright.sync_api import Browser

from tests.browser.chromium import running_browser
from tests.browser.kinds import KINDS, Kind
from tests.browser.serving import serving
from tests.browser.visiting import THEMES, WIDTHS, visiting
from tests.spokeshave.sites import REPOSITORY, build_named

_HIGHEST = 8000  # pixels: of a longer page, its beginning


def take(browser: Browser, kind: Kind, root: str, folder: Path) -> None:
    """Take the pictures of one kind, in each width and theme."""
    for width in WIDTHS:
        with visiting(browser, root, width=width) as visit:
            visit.open(kind.path)
            height = min(visit.page.evaluate("document.documentElement.scrollHeight"), _HIGHEST)
            for theme in THEMES:
                visit.page.emulate_media(color_scheme=theme)
                place = folder / f"{kind.name}-{width}-{theme}.png"
                clip = {"x": 0.0, "y": 0.0, "width": float(width), "height": float(height)}
                visit.page.screenshot(path=place, full_page=True, clip=clip)  # type: ignore[arg-type]


def main() -> None:
    """Build the lessons, and take all pictures."""
    folder = REPOSITORY / "site/screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, running_browser() as browser:
        for lesson in dict.fromkeys(kind.lesson for kind in KINDS):
            with serving(build_named(lesson, Path(name, lesson))) as root:
                for kind in KINDS:
                    if kind.lesson == lesson:
                        take(browser, kind, root, folder)
    click.echo(f"{len(KINDS) * len(WIDTHS) * len(THEMES)} pictures in {folder.relative_to(Path.cwd())}")


if __name__ == "__main__":
    main()
