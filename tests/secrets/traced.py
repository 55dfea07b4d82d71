"""Traces every file that programs name, by strace: none is in the user's own folders of the Hugging Face client.

python -m tests.secrets.traced

Traced are `spokeshave build` of this lesson (what `make site` runs), all that `session.py` does with a small lesson,
the code of its page among it, and a Hub. Before them comes a program that does open such a file, and must be found.
Without strace, which is a program for Linux, the last line says "skipped".
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.secrets.planted import Canary, plant
from tests.secrets.session import use_hub, use_lesson

ROOT = Path(__file__).parents[2]
_PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ENDED = re.compile(r"^\d+ .*\+\+\+ (?:exited with|killed by) ", re.MULTILINE)
_GUARD = 30.0
"""Seconds that strace may take to write its last lines."""


def strace(log: Path, *options: str) -> tuple[str, ...]:
    """The beginning of a command that is to be traced, with all that it starts."""
    return ("strace", "-f", "-q", "-s", "4096", "-e", "trace=%file", "-o", str(log), *options, "--")


def touched(trace: str, folders: tuple[Path, ...]) -> list[str]:
    """The lines of a trace in which a path lies in one of the folders, or is one."""
    beginnings = tuple(f"{folder}/" for folder in folders)
    return [
        line
        for line in trace.splitlines()
        if any(f"{path}/".startswith(beginnings) for path in _PATH.findall(line.partition("(")[2]))
    ]


def finds_who_opens(folder: Path, canary: Canary) -> bool:
    """Whether a program that opens a file there is found."""
    log = folder / "control.trace"
    place = str(canary.watched[0] / "token")
    subprocess.run([*strace(log), "cat", place], env=canary.environment, check=True, capture_output=True)
    return any("open" in line for line in touched(log.read_text(errors="replace"), canary.watched))


def trace_all(folder: Path, canary: Canary) -> list[Path]:
    """Run everything; gives the traces."""
    logs = [folder / f"{name}.trace" for name in ("site", "lesson", "hub")]
    site = [sys.executable, "-m", "spokeshave", "build", str(ROOT), "--to", str(folder / "docs")]
    subprocess.run([*strace(logs[0]), *site], env=canary.environment, check=True, capture_output=True)
    (folder / "lesson").mkdir()
    use_lesson(folder / "lesson", canary, strace(logs[1], "--output-append-mode"))
    use_hub(folder / "hub", canary, strace(logs[2], "-D"))  # -D: what is stopped is the Hub, not strace
    until = time.monotonic() + _GUARD
    while not _ENDED.search(logs[2].read_text(errors="replace")) and time.monotonic() < until:
        time.sleep(0.05)
    return logs


def main() -> int:
    if not shutil.which("strace"):
        print("skipped: traced: there is no strace here, so nothing was traced.")
        return 0
    with tempfile.TemporaryDirectory(prefix="traced-") as name:
        folder = Path(name)
        canary = plant(folder / "user")
        if not finds_who_opens(folder, canary):
            raise SystemExit(
                "error: strace does not show who opens a file here, so its silence means nothing."
            )
        traces = [log.read_text(errors="replace") for log in trace_all(folder, canary)]
    found = [line for trace in traces for line in touched(trace, canary.watched)]
    calls = [len(trace.splitlines()) for trace in traces]
    print(*(f"error: {line}\n" for line in found), sep="", end="")
    print(f"traced: {' + '.join(map(str, calls))} calls with a file, {len(found)} in the user's folders")
    return int(bool(found) or not all(calls))


if __name__ == "__main__":
    raise SystemExit(main())
