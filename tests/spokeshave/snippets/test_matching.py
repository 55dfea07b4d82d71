"""Whether a printed text is the expected one: `cases/matching.yaml`."""

from __future__ import annotations

from typing import Any

import pytest

from spokeshave.snippets.matching import difference, matches
from tests.spokeshave.snippets.pages import cases


@pytest.mark.parametrize("case", cases("matching"), ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    assert matches(case["expected"], case["printed"], case.get("tolerance", 1e-6)) is case["matches"]


def test_a_difference_shows_only_what_does_not_match() -> None:
    shown = difference("a 0.5\nb...\nc\n", "a 0.5000000001\nb 12\nd\n", 1e-6, name="output")
    assert shown.splitlines()[2:] == ["@@ -1,3 +1,3 @@", " a 0.5000000001", " b 12", "-c", "+d"]


def test_many_gaps_take_no_time() -> None:
    assert not matches("a..." * 50 + "b", "a" * 20_000, 1e-6)
