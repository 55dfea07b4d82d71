"""Lessons are built once for all tests of a worker; random tests are the same on every run."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, settings

from tests.spokeshave.sites import OURS, REPOSITORY, Site, build, copy_lesson

settings.register_profile(
    "stable", max_examples=45, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", settings.get_profile("stable"), max_examples=3000, derandomize=False)
settings.load_profile("stable")
"""For a longer search: `pytest --hypothesis-profile=long tests/spokeshave/test_nests.py`."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Site]:
    """The built site of the lesson with this name; `NAME for the web` is built with `--for-web`."""

    @cache
    def built(name: str) -> Site:
        lesson, _, for_web = name.partition(" for the ")
        folder = tmp_path_factory.mktemp(lesson)
        root = REPOSITORY if lesson == OURS else copy_lesson(lesson, folder / "lesson")
        build(root, folder / "docs", for_web=bool(for_web))
        return Site(name, folder / "docs")

    return built


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker makes the site of our lesson, and reads its sixty pages: that takes longer than the tests do."""
    for item in items:
        parameters = (
            item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
        )
        named = any(isinstance(value, str) and value == OURS for value in parameters.values())
        if named and "site" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("the site of our lesson"))
