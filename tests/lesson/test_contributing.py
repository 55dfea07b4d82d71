"""CONTRIBUTING shows what commands print: in a copy of the lesson they print exactly that.

With CURRENT=write in the environment, what they print is written into CONTRIBUTING instead.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.spokeshave.sites import REPOSITORY

GUIDE = REPOSITORY / "CONTRIBUTING.md"
_BLOCKS = re.compile(
    r"^```bash\n(?P<commands>.*?)^```$(?:\n\n^```output\n(?P<output>.*?)^```$)?", re.M | re.S
)
_RUN_HERE = re.compile(r"^(spokeshave (check|new|move|rename)|echo|rm|git restore) ")
"""What needs no network and leaves the machine as it is. The others have no output in the guide."""


def _shell(commands: str, lesson: Path) -> str:
    """What the commands print that can be run here, comments left out."""
    chosen = "\n".join(line for line in commands.splitlines() if _RUN_HERE.match(f"{line} "))
    search = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", chosen],
        check=False,
        cwd=lesson,
        env={**os.environ, "PATH": search},
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    """A clone, with the guide's sources as they are in the work tree."""
    subprocess.run(["git", "clone", "--quiet", str(REPOSITORY), str(tmp_path / "lesson")], check=True)
    return tmp_path / "lesson"


def test_the_guide_shows_what_its_commands_print(lesson: Path) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    shown = 0

    def current(block: re.Match[str]) -> str:
        nonlocal shown
        printed = _shell(block["commands"], lesson)
        if block["output"] is None:
            return block[0]
        shown += 1
        return f"```bash\n{block['commands']}```\n\n```output\n{printed}```"

    now = _BLOCKS.sub(current, guide)
    if os.environ.get("CURRENT") == "write":
        GUIDE.write_text(now, encoding="utf-8")
    assert now == guide
    assert shown >= 3
