"""The Content-Security-Policy: the site's own files and nothing else, but for what the author put into the page."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from spokeshave.pages.policy import allowances, policy_text


class Case(NamedTuple):
    """Some HTML, and what it needs: sources by directive."""

    title: str
    html: str
    needs: dict[str, list[str]]


_CASES = [
    Case(**case)
    for case in yaml.safe_load((Path(__file__).parent / "policy.yaml").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", _CASES, ids=[case.title for case in _CASES])
def test_allowances(case: Case) -> None:
    found: dict[str, list[str]] = {}
    for directive, source in sorted(allowances(case.html)):
        found.setdefault(directive, []).append(source)
    assert found == case.needs


def test_nothing_foreign_without_need() -> None:
    policy = policy_text(())
    assert policy.startswith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';")
    assert "http" not in policy
    assert "unsafe-inline" not in policy
