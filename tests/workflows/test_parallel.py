"""A run of the tests ends whatever a test does, and says so."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS = """
import os, time
import pytest

@pytest.mark.parametrize("number", range(10))
def test_some(number):
    time.sleep(0.02)
    if "{name}" == "c" and number == 7 and not os.path.exists("ended"):
        open("ended", "w").close()
        os._exit(1)
"""


def options() -> list[str]:
    """How the Makefile runs tests beside each other; here in two processes."""
    line = re.search(r"^PARALLEL := (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert line
    return line[1].replace("$(JOBS)", "2").split()


def test_a_test_that_ends_its_process_ends_the_run(tmp_path: Path) -> None:
    """pytest-xdist 3.8 with `loadgroup` starts another process and then waits for ever: CI stood still at 99 %."""
    for name in "abcdefgh":
        (tmp_path / f"test_{name}.py").write_text(TESTS.format(name=name))
    command = [sys.executable, "-m", "pytest", *options(), "-p", "no:cacheprovider", "--rootdir", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 1, done.stdout
    assert "crashed while running 'test_c.py::test_some[7]'" in done.stdout
