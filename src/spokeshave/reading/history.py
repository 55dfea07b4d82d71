"""When files were last changed, as the lesson's git history says."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path


def last_changes(root: Path, paths: frozenset[str]) -> dict[str, date]:
    """The date of the last commit of each path that git knows. Empty where there is no git."""
    command = ["git", "-C", str(root), "-c", "core.quotePath=false", "log", "--format=%x00%cs"]
    command += ["--name-only", "--no-renames", "--relative", "--", "."]
    try:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
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
                day = date.fromisoformat(entry[1:])
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
    command = ["git", "-C", str(root), "log", "--max-parents=0", "--format=%cs", "--", "."]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return None
    days = done.stdout.split()
    return date.fromisoformat(min(days)) if days else None
