"""Options of all tests. pytest looks for options here only."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("practice-hub")
    group.addoption(
        "--hub",
        choices=["practice", "live"],
        default="practice",
        help="The Hub that the client's tests talk to: our own, or the real one, with the token in HF_TOKEN.",
    )
    group.addoption(
        "--contract",
        metavar="FILE",
        help="Write down keys and types (never values) of the Hub's answers. Run without -n. To compare two such"
        " files: python -m tests.practice_hub.contract OURS LIVE",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "practice_only: cannot be tested on the real Hub")
