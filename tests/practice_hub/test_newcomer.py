"""A newcomer's way, with real processes: start the Hub, log in, upload, look at the page, load the model back.

Nothing is known here but what the command prints.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bs4 import BeautifulSoup

from tests.practice_hub.pages.visitor import Visitor

PROGRAMS = Path(sys.executable).parent
FOREIGN = ("HF_", "HUGGING", "TRANSFORMERS_", "XDG_")
LOAD = """
from huggingface_hub import hf_hub_download
print(open(hf_hub_download("your-username/first-model", "model.txt")).read())
"""


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """What a new user of a machine has."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    path = f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"
    return kept | {"HOME": str(home), "PATH": path, "HF_HUB_DISABLE_TELEMETRY": "1", "NO_COLOR": "1", **more}


@contextmanager
def command(*arguments: str, home: Path, until: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The running command `practice-hub`, and what it printed up to a line that holds this text."""
    process = subprocess.Popen(
        [PROGRAMS / "practice-hub", *arguments],
        env=clean_environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    lines: list[str] = []
    try:
        for line in process.stdout:
            lines.append(line)
            if until in line:
                break
        else:
            raise AssertionError("".join(lines))
        yield process, "".join(lines)
    finally:
        process.terminate()
        process.communicate(timeout=30)


def bash(script: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["bash", "-e", "-c", script],
        env=environment,
        cwd=environment["HOME"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_way_of_a_newcomer(tmp_path: Path) -> None:
    card = "---\nlicense: mit\n---\n# First model\n\nIt is *mine*.\n"
    (tmp_path / "model").mkdir()
    (tmp_path / "model/README.md").write_text(card)
    (tmp_path / "model/model.txt").write_text("weights")
    data = tmp_path / "hub"
    with command("--port", "0", "--data", str(data), home=tmp_path, until="os.environ['HF_TOKEN']") as (
        _,
        printed,
    ):
        settings = "\n".join(line.strip() for line in printed.splitlines() if line.startswith("  export "))
        endpoint, token = (
            re.search(rf"export {name}=(\S+)", settings) for name in ("HF_ENDPOINT", "HF_TOKEN")
        )
        assert endpoint
        assert token
        without = "\n".join(line for line in settings.splitlines() if "HF_TOKEN" not in line)
        environment = clean_environment(tmp_path)
        bash(f"{without}\nhf auth login --token {token[1]}", environment)
        assert "your-username" in bash(f"{without}\nhf auth whoami", environment)
        bash(f"{without}\nhf upload your-username/first-model model", environment)

        page = BeautifulSoup(Visitor(endpoint[1]).get("/your-username/first-model").text, "html5lib")
        assert [heading.get_text() for heading in page.select("h1")] == ["your-username/first-model "]
        assert page.select_one(".hub-card em")
        files = [link.get_text() for link in page.select(".hub-files td:first-child a")]
        assert files == [".gitattributes", "README.md", "model.txt"]
        assert "mit" in page.select_one(".hub-facts").get_text()  # type: ignore[union-attr]

        loaded = bash(f"{without}\npython -c '{LOAD}'", environment)
        assert "weights" in loaded
