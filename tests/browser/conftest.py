"""One browser and one copy of each site for the tests of this folder; each test is a reader of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import running_browser
from tests.browser.serving import serving
from tests.spokeshave.sites import build_named

# Scope "package", not "session": Playwright occupies asyncio for as long as it runs, which other tests need.


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder with the built site of the lesson of this name."""

    return cache(lambda lesson: build_named(lesson, tmp_path_factory.mktemp(lesson) / "built"))


@pytest.fixture(scope="package")
def address(folder: Callable[[str], Path]) -> Iterator[Callable[[str], str]]:
    """The address where the site of the lesson of this name is served."""
    with ExitStack() as servers:
        yield cache(lambda lesson: servers.enter_context(serving(folder(lesson))))
