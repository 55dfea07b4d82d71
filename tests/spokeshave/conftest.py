"""Lessons are built once for all tests of a worker."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from tests.spokeshave.sites import OURS, REPOSITORY, Site, build, copy_lesson


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
