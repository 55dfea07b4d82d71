"""Whether git could bring a file back as it is now."""

from __future__ import annotations

import subprocess
from pathlib import Path

from spokeshave.git import git_command, git_environment
from spokeshave.problems import Problem


def uncommitted(root: Path, path: str) -> Problem | None:
    """Why the file `path` of the lesson in `root` is not safe to overwrite; `None`: it is."""
    command = git_command(root, "status", "--porcelain", "--ignored", "--", path)
    try:
        done = subprocess.run(command, capture_output=True, check=False, env=git_environment())
    except OSError:
        return _problem(path, "git is not there, so its present text could not be brought back")
    if done.returncode:
        return _problem(path, "it is in no git repository, so its present text could not be brought back")
    if done.stdout.strip():
        return _problem(path, "it has changes that are not committed")
    return None


def _problem(path: str, reason: str) -> Problem:
    return Problem(path, 0, reason, "Commit it first, or overwrite it with --force")
