"""What a first visit of an episode costs, without figures and search."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator

import pytest
from bs4 import BeautifulSoup

from tests.spokeshave.sites import OURS, REPOSITORY, Site

_MOST_BYTES = 40_000
_MOST_BLOCKING = 3
_EPISODES = sorted(path.stem for path in (REPOSITORY / "episodes").glob("*.md"))


def _loaded(page: BeautifulSoup) -> Iterator[str]:
    """The site's files that a browser loads with the page, but for the figures of its text."""
    for tag in page.select('link[rel~="stylesheet"], link[rel~="icon"][type="image/svg+xml"]'):
        yield str(tag["href"])
    for tag in page.select("script[src], header img[src]"):
        yield str(tag["src"])


def _blocking(page: BeautifulSoup) -> list[str]:
    """What must be there before the page is painted, beside the page itself."""
    found = page.select('link[rel~="stylesheet"], script[src]:not([defer]):not([async])')
    return [str(tag) for tag in found]


@pytest.mark.parametrize("episode", _EPISODES)
def test_first_visit_is_light(episode: str, site: Callable[[str], Site]) -> None:
    """At most 40 kB, packed as servers pack it, and three requests that painting waits for."""
    built = site(OURS)
    name = f"{episode}.html"
    page = built.page(name)
    files = [name, *_loaded(page)]
    assert len(files) >= 5
    sizes = {path: len(gzip.compress(built.files[path].read_bytes(), 9)) for path in files}
    assert sum(sizes.values()) <= _MOST_BYTES, sizes
    assert 1 + len(_blocking(page)) <= _MOST_BLOCKING


def test_blocking_requests_are_seen() -> None:
    head = (
        '<link rel="stylesheet" href="a.css"><script src="b.js"></script><script src="c.js" defer></script>'
    )
    assert len(_blocking(BeautifulSoup(head, "html5lib"))) == 2
