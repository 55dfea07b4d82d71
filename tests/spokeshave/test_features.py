"""Every feature of the Workbench, row by row of its specification: `features/*.yaml`.

An entry names a page and what to `see` there: a CSS selector with how many elements it finds (`true`:
at least one), with the text of the one that it finds, or with a list of texts. `holds` and `lacks` are
texts of the file as it is, `json` values of the page's metadata, `files` and `no_files` paths of the
site. `note` says where spokeshave differs from the Workbench, and why.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup

from tests.spokeshave.sites import Site

_DATA = Path(__file__).parent / "features"
_ENTRIES: list[dict[str, Any]] = [
    {"file": path.stem, **entry}
    for path in sorted(_DATA.glob("*.yaml"))
    for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
]
_KEYS = {
    "file",
    "row",
    "feature",
    "page",
    "lesson",
    "note",
    "see",
    "holds",
    "lacks",
    "json",
    "files",
    "no_files",
}
_ROWS = 120


def _found(page: BeautifulSoup, selector: str, expected: object) -> object:
    """What `selector` finds, in the form of what is expected."""
    elements = page.select(selector)
    if expected is True:
        return bool(elements)
    if isinstance(expected, int):
        return len(elements)
    texts = [" ".join((element.get_text() or element.string or "").split()) for element in elements]
    return texts[0] if isinstance(expected, str) and len(texts) == 1 else texts


@pytest.mark.parametrize(
    "entry",
    [pytest.param(entry, id=f"{entry['row']:03} {entry['file']}: {entry['feature']}") for entry in _ENTRIES],
)
def test_feature(entry: dict[str, Any], site: Callable[[str], Site]) -> None:
    assert entry.keys() <= _KEYS
    built = site(entry.get("lesson", "everything"))
    text = built.text(entry["page"])
    for selector, expected in entry.get("see", {}).items():
        assert _found(built.page(entry["page"]), selector, expected) == expected, selector
    for part in entry.get("holds", ()):
        assert part in text
    for part in entry.get("lacks", ()):
        assert part not in text
    for path in entry.get("files", ()):
        assert path in built.files
    for path in entry.get("no_files", ()):
        assert path not in built.files
    if "json" in entry:
        metadata = json.loads(
            built.page(entry["page"]).select('script[type="application/ld+json"]')[0].string or ""
        )
        assert {key: metadata.get(key) for key in entry["json"]} == entry["json"]


def test_every_row_is_tested() -> None:
    """No row of the specification's table is left out."""
    assert sorted({entry["row"] for entry in _ENTRIES}) == list(range(1, _ROWS + 1))
