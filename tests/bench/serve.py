"""How soon a change of our lesson shows in the browser: `python -m tests.bench.serve`."""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter, time

from playwright.sync_api import Page

from tests.browser.chromium import running_browser
from tests.spokeshave.serve.previews import preview, write_by_rename
from tests.spokeshave.sites import REPOSITORY

_LIMIT = 0.3
"""Seconds from writing an episode to the frame that shows it, at the median."""
_ROUNDS = 3
_NOTE = """
new MutationObserver(() => {
  for (const [mark] of document.body?.textContent.matchAll(/Change number \\d+ of [^.]+\\./g) ?? [])
    if (!sessionStorage.getItem(mark)) requestAnimationFrame(() => sessionStorage.setItem(mark, Date.now()));
}).observe(document, {childList: true, subtree: true});
"""
_SOURCES = ("config.yaml", "index.md", "links.md", "episodes", "learners", "instructors", "profiles")


def main() -> None:
    """Print the times for each episode; end with an error if their median is too long."""
    with tempfile.TemporaryDirectory() as folder, running_browser() as browser:
        root = _copy(Path(folder, "lesson"))
        with preview(root, Path(folder, "temporary")) as running:
            page = browser.new_page()
            page.add_init_script(_NOTE)
            times: list[float] = []
            plain: list[float] = []
            for episode in sorted(root.glob("episodes/*.md")):
                page.goto(f"{running.address}{episode.stem}.html")
                plain.append(_reload(page))
                own = [_seconds(page, episode, number) for number in range(_ROUNDS)]
                print(f"{episode.name:24} median {statistics.median(own):.3f} s  longest {max(own):.3f} s")
                times += own
    median = statistics.median(times)
    print(
        f"from write to the page that shows it: median {median:.3f} s, longest {max(times):.3f} s (limit {_LIMIT} s)"
    )
    print(
        f"for comparison, the browser's reload of a page without a change: median {statistics.median(plain):.3f} s"
    )
    sys.exit(median > _LIMIT)


def _reload(page: Page) -> float:
    """Seconds that the browser takes to load the page again."""
    page.wait_for_timeout(500)
    started = perf_counter()
    page.reload()
    return perf_counter() - started


def _seconds(page: Page, episode: Path, number: int) -> float:
    """Write a change; the page itself notes when the first frame with it is drawn."""
    page.wait_for_timeout(1500)  # what gathers from the change before is built by now
    text = episode.read_text(encoding="utf-8")
    mark = f"Change number {number} of {episode.stem}."
    started = time() * 1000
    write_by_rename(episode, f"{text}\n{mark}\n")
    page.locator("main").get_by_text(mark).wait_for(state="attached")
    page.wait_for_timeout(1000)  # the page is loaded again by now
    seen: float = page.evaluate("(mark) => Number(sessionStorage.getItem(mark))", mark)
    return (seen - started) / 1000


def _copy(root: Path) -> Path:
    """The lesson of this repository in a folder of its own."""
    root.mkdir()
    for name in _SOURCES:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        else:
            shutil.copyfile(source, root / name)
    return root


if __name__ == "__main__":
    main()
