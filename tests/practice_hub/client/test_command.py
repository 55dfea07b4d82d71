"""The command `hf`, each call a process as a learner starts it."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.practice_hub.client.conftest import PREFIX, Setting

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def hf(tmp_path: Path) -> Run:
    """Runs `hf` with a home of its own, where nobody is logged in. Fails if it does, unless it should."""

    def run(*arguments: str | Path, fails: bool = False) -> subprocess.CompletedProcess[str]:
        command = [str(Path(sys.executable).parent / "hf"), *map(str, arguments)]
        environment = {**os.environ, "HF_HOME": str(tmp_path / "hf-home"), "HF_TOKEN": ""}
        ran = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        assert (ran.returncode != 0) == fails, ran.stdout + ran.stderr
        return ran

    return run


def test_publish(hf: Run, namespace: str, setting: Setting, tmp_path: Path) -> None:
    token = setting.environment["HF_TOKEN"]
    login = hf("auth", "login", "--token", token)
    assert token not in login.stdout + login.stderr
    assert namespace in hf("auth", "whoami").stdout
    name = f"{namespace}/{PREFIX}-{secrets.token_hex(4)}"
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "w.bin").write_bytes(os.urandom(5000))
    hf("repos", "create", name)
    try:
        hf("upload", name, folder, ".", "--commit-message", "From the command line")
        hf("repos", "tag", "create", name, "v1")
        hf("download", name, "--revision", "v1", "--local-dir", tmp_path / "out")
        assert (tmp_path / "out/w.bin").read_bytes() == (folder / "w.bin").read_bytes()
        info = json.loads(hf("models", "info", name, "--format", "json").stdout)
        assert info["id"] == name
        if setting.running:
            assert (
                name in hf("models", "ls", "--author", namespace, "--search", name, "--format", "json").stdout
            )
        hf("repos", "settings", name, "--gated", "auto")
        hf("repos", "branch", "create", name, "dev")
        hf("repos", "delete-files", name, "w.bin")
        assert "config.json" in hf("cache", "ls").stdout or hf("download", name, "config.json").stdout
    finally:
        hf("repos", "delete", name, "--yes")
    hf("models", "info", name, fails=True)
    hf("auth", "logout")


def test_wrong_token(hf: Run) -> None:
    hf("auth", "login", "--token", "hf_wrong", fails=True)
