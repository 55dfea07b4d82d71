"""What is said of a block whose fence holds something else than the block did: `cases/compare.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spokeshave.snippets.compare import judge
from spokeshave.snippets.snippet import Expectation, Outcome, Snippet
from tests.spokeshave.snippets.pages import cases


@pytest.mark.parametrize("case", cases("compare"), ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    fences = [kind for kind in ("output", "error", "warning") if kind in case]
    assert len(fences) == 1
    fence = Expectation(fences[0], case[fences[0]], line=5, first=6, last=7)
    snippet = Snippet("one.md", 1, case.get("language", "python"), "code", expectations=(fence,))
    judged = judge(Outcome(snippet, **{"status": "passed", **case["did"]}), Path())
    says = case.get("says", "")
    assert judged.reason == says
    assert judged.status == ("failed" if says else "passed")
    assert judged.line == (5 if says and "status" not in case["did"] else 0)
