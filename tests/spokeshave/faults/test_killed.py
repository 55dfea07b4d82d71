"""Builds that are killed: the site that is served is always a whole one, and the next build does all its work."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from spokeshave.exchange import exchange
from tests.spokeshave.sites import REPOSITORY

pytestmark = pytest.mark.skipif(not hasattr(sys, "abiflags"), reason="Windows has no fork, and no SIGKILL")


def run(program: str, *arguments: str) -> dict[str, int]:
    """Run one of the programs beside this file. It ends with an error if it sees what should never be seen."""
    command = [sys.executable, "-W", "error", "-m", f"tests.spokeshave.faults.{program}", *arguments]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    seen: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return seen


def test_at_random_moments(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Meanwhile its files are read at their addresses, and never missed; after each kill the site is compared."""
    kills = request.config.getoption("--kills")
    seen = run("killing", str(tmp_path), str(kills))
    assert seen["killed"] == kills
    assert seen["reads"] > kills
    assert seen["then old"] + seen["then new"] == kills + seen["ended before"]


@pytest.mark.parametrize("way", ["one exchange", "two renames"])
def test_before_each_call_that_changes_files(tmp_path: Path, way: str) -> None:
    """With two renames there is one moment without a site. The next build brings it back, even one that fails."""
    seen = run("stepping", str(tmp_path), way)
    one_step = way == "one exchange" and _can_exchange(tmp_path)
    assert seen["missing"] == (0 if one_step else 1)
    assert min(seen["old"], seen["new"], seen["folders left"]) > 5


def test_two_folders_change_places(tmp_path: Path) -> None:
    if not _can_exchange(tmp_path):
        pytest.skip("this system or file system cannot exchange two folders; two renames are tested above")
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["of b"]
    assert sorted(path.name for path in (tmp_path / "b").iterdir()) == ["of a"]
    assert not exchange(tmp_path / "a", tmp_path / "nothing")
    assert (tmp_path / "a").is_dir()


def _can_exchange(folder: Path) -> bool:
    for name in "ab":
        (folder / name / f"of {name}").mkdir(parents=True)
    return exchange(folder / "a", folder / "b")
