"""The dialect, case by case: `cases/**/*.md` hold title, input and expected HTML.

A title that ends in `[not pandoc: reason]` marks a case in which we differ from pandoc on purpose,
or which holds what pandoc does not know (boxes, folds); every other case is also judged by pandoc.
Icons are `<svg>` in the expected HTML, whatever they draw.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from tests.spokeshave.oracle import our_html, our_lesson_html, pandoc_html, structure

CASES = Path(__file__).parent / "cases"
_ICON = re.compile(r'<svg class="callout-icon" .*?</svg>')
_ALL = [
    pytest.param(title, given, expected, id=f"{path.relative_to(CASES)}:{line} {title}")
    for path in sorted(CASES.rglob("*.md"))
    for line, title, given, expected in read_fixture_file(path)
]
_PANDOC = [case for case in _ALL if "[not pandoc: " not in str(case.values[0])]


@pytest.mark.parametrize(("title", "given", "expected"), _ALL)
def test_html(title: str, given: str, expected: str) -> None:
    assert _ICON.sub("<svg>", our_lesson_html(given)).strip() == expected.strip()


@pytest.mark.parametrize(("title", "given", "expected"), _PANDOC)
def test_same_as_pandoc(title: str, given: str, expected: str) -> None:
    assert structure(our_html(given)) == structure(pandoc_html(given))
