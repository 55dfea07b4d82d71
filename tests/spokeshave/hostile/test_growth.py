"""No construct takes the square of its size: eight times the text is not fifteen times the work.

Work is counted in calls of functions, which are the same on every run. How long it takes, `make fuzz` measures.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from tests.fuzz.constructs import CONSTRUCTS, SETTINGS
from tests.fuzz.targets import config, markdown

_SIZE = 20
_MOST = 15


def _calls(work: Callable[[str], None], text: str) -> int:
    count = 0

    def note(*event: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_pages(name: str) -> None:
    markdown(CONSTRUCTS[name](_SIZE + 1))  # what is made once, such as lexers, is not counted
    assert _calls(markdown, CONSTRUCTS[name](8 * _SIZE)) < _MOST * _calls(markdown, CONSTRUCTS[name](_SIZE))


@pytest.mark.parametrize("name", SETTINGS)
def test_settings(name: str) -> None:
    config(SETTINGS[name](_SIZE + 1))
    assert _calls(config, SETTINGS[name](8 * _SIZE)) < _MOST * _calls(config, SETTINGS[name](_SIZE))
