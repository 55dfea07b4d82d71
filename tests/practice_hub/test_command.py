"""The command `practice-hub`, as a process."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from practice_hub.running import hub_process
from practice_hub.settings import settings_text


def whoami(address: str, token: str) -> str:
    request = urllib.request.Request(f"{address}/api/whoami-v2", headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as answer:
        name: str = json.load(answer)["name"]
        return name


def practice_hub(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "practice_hub", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_settings_for_three_windows(tmp_path: Path) -> None:
    text = settings_text("http://127.0.0.1:1", Path("/home/o'neil/x y"), "your-username", "hf_abc")
    ran = subprocess.run(
        ["bash", "-c", "\n".join(re.findall("export .*", text)) + '\necho "$HF_ENDPOINT|$HF_HOME|$HF_TOKEN"'],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == "http://127.0.0.1:1|/home/o'neil/x y|hf_abc\n"
    python = "\n".join(
        line.strip() for line in text.splitlines() if line.strip().startswith(("import os", "os."))
    )
    ran = subprocess.run(
        [sys.executable, "-c", f"{python}\nprint(os.environ['HF_HOME'], os.environ['HF_TOKEN'])"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == "/home/o'neil/x y hf_abc\n"
    assert "$env:HF_HOME = '/home/o''neil/x y'" in text


def test_first_and_second_start(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "practice_hub", "--port", "0", "--data", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        text = ""
        while "os.environ['HF_TOKEN']" not in text:
            text += process.stdout.readline()
        found = dict(re.findall(r"export (\w+)=(.*)", text))
        assert whoami(found["HF_ENDPOINT"], found["HF_TOKEN"]) == "your-username"
        assert practice_hub("--port", "0", "--data", tmp_path).stderr.startswith(
            f"error: {tmp_path}: another"
        )
        made = practice_hub("token", "--data", tmp_path).stdout.strip()
        assert whoami(found["HF_ENDPOINT"], made) == "your-username"
        process.terminate()
    with hub_process(tmp_path) as running:
        assert (
            whoami(running.address, found["HF_TOKEN"])
            == whoami(running.address, running.token)
            == "your-username"
        )


def test_options_before_a_command_are_not_lost(tmp_path: Path) -> None:
    """`practice-hub --data X token` would make a token for another Hub than X."""
    ran = practice_hub("--data", tmp_path, "--port", "0", "token")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == (
        "error: --data and --port must stand behind the command's name. See: practice-hub token --help\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--clock", "noon"], "error: --clock noon: Invalid isoformat string"),
        (["token", "nobody"], "there is no Hub in this folder"),
        (["--host", "203.0.113.1"], "cannot be used"),
        (["--host", "0.0.0.0"], '--host "0.0.0.0" is no address to call. Name one of this machine\'s own'),
        (["--host", "::1"], '--host "::1" is no address to call.'),
    ],
)
def test_mistakes(tmp_path: Path, arguments: list[str], told: str) -> None:
    ran = practice_hub(*arguments, "--data", tmp_path / "hub")
    assert ran.returncode == 1
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr
