"""The workflows: what GitHub accepts, with no more rights than they need, and nothing that passes unchecked."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
_FILES = sorted((ROOT / ".github/workflows").glob("*.yaml"))
_PIN = re.compile(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
_MODULE = re.compile(r"-m (tests\.[\w.]+)")
_WRITES = {
    ("publish", "deploy"): {"pages", "id-token"},
    ("nightly", "report"): {"issues"},
}
"""The jobs that may write, and what."""

every_workflow = pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)


def _workflow(file: Path) -> dict[Any, Any]:
    # YAML 1.1 reads the key `on` as true.
    read: dict[Any, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return read


def _tool(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / arguments[0]), *arguments[1:]]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_these_are_the_workflows() -> None:
    assert [file.stem for file in _FILES] == ["check", "nightly", "preview", "publish", "workbench"]


def test_github_accepts_them() -> None:
    done = _tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, _FILES))
    assert done.returncode == 0, done.stdout


def test_github_accepts_the_issue_forms() -> None:
    forms = [str(path) for path in sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yaml"))]
    assert len(forms) == 3
    done = _tool("check-jsonschema", "--builtin-schema", "vendor.github-issue-forms", *forms)
    assert done.returncode == 0, done.stdout


def test_hooks_call_commands_that_there_are() -> None:
    """The commands that pre-commit runs are in the environment of the tests."""
    read = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    entries = [hook["entry"].split() for repository in read["repos"] for hook in repository["hooks"]]
    assert len(entries) == 3
    for command, *arguments in entries:
        assert _tool(Path(command).name, arguments[0], "--help").returncode == 0, command


def test_nothing_in_them_is_unsafe() -> None:
    done = _tool("zizmor", "--offline", "--no-progress", str(ROOT / ".github/workflows"))
    assert done.returncode == 0, done.stdout + done.stderr


@every_workflow
def test_actions_are_pinned(file: Path) -> None:
    """By a commit, which nobody can move, and the version that it is."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert lines
    assert [line for line in lines if not _PIN.search(line)] == []


@every_workflow
def test_rights_are_the_least(file: Path) -> None:
    workflow = _workflow(file)
    assert workflow["permissions"] == {}
    assert "concurrency" in workflow
    assert "pull_request_target" not in str(workflow[True])
    for name, job in workflow["jobs"].items():
        written = {right for right, level in job["permissions"].items() if level == "write"}
        assert written == _WRITES.get((file.stem, name), set())
        assert job["timeout-minutes"] <= 60
        for step in job["steps"]:
            if "actions/checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False


def test_check_runs_make_test_and_nothing_else() -> None:
    steps = _workflow(ROOT / ".github/workflows/check.yaml")["jobs"]["test"]["steps"]
    runs = [step["run"] for step in steps if "run" in step]
    assert runs[0] == "make test"
    assert [run.split()[1:4] for run in runs[1:]] == [["-m", "tests.workflows.counts", "tests"]]


@every_workflow
def test_what_they_run_is_there(file: Path) -> None:
    for module in _MODULE.findall(file.read_text(encoding="utf-8")):
        assert (ROOT / (module.replace(".", "/") + ".py")).is_file()
