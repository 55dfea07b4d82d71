"""Options of all tests. pytest looks for options here only."""

from __future__ import annotations

import pytest
from _pytest.nodeid import coerce_node_id


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
    parser.getgroup("spokeshave").addoption(
        "--kills",
        type=int,
        default=100,
        metavar="NUMBER",
        help="How many builds are killed in tests/spokeshave/faults. [default: 100]",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "practice_only: cannot be tested on the real Hub")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Do what xdist 3.8 does for its mark `xdist_group`, but no longer can: pytest 9.2 keeps ids elsewhere."""
    if not getattr(config.option, "loadgroup", False):
        return
    for item in items:
        for mark in item.iter_markers("xdist_group"):
            item._id = coerce_node_id(f"{item.nodeid}@{mark.args[0]}")
