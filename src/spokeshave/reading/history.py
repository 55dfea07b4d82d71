"""When files were last changed, as the lesson's git history says."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

from spokeshave.git import git_command, git_environment


def last_changes(root: Path, paths: frozenset[str]) -> dict[str, date]:
    """The date of the last commit of each path that git knows. Empty where there is no git."""
    command = git_command(
        root, "log", "--format=%x00%cs", "--name-only", "--no-renames", "--relative", "--", "."
    )
    try:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=git_environment(),
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except OSError:
        return {}
    found: dict[str, date] = {}
    wanted = set(paths)
    with process:
        assert process.stdout is not None
        day = None
        for line in process.stdout:
            entry = line.rstrip("\n")
            if entry.startswith("\0"):
                day = _day(entry[1:])
            elif entry in wanted and day is not None:
                found[entry] = day
                wanted.discard(entry)
                if not wanted:
                    break
        # All dates are known: the rest of a long history need not be read.
        process.kill()
    return found


def first_commit(root: Path) -> date | None:
    """The date of the lesson's first commit."""
    command = git_command(root, "log", "--max-parents=0", "--format=%cs", "--", ".")
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=git_environment())
    except OSError:
        return None
    days = [day for text in done.stdout.split() if (day := _day(text)) is not None]
    return min(days, default=None)


def _day(text: str) -> date | None:
    """None for what git takes and Python does not: a year after 9999."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
