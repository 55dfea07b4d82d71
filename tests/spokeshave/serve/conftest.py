"""One preview for the tests of requests and of changes: a test finds the lesson as the one before has left it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.spokeshave.serve.previews import Preview, preview
from tests.spokeshave.sites import copy_lesson


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("running")
    with preview(copy_lesson("tiny", folder / "lesson"), folder / "temporary") as started:
        yield started
