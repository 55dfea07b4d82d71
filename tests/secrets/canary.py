"""Runs commands with a canary for a token, and looks for it in everything that they wrote.

python -m tests.secrets.canary "make site" "make test"

The commands run in this work tree, with a home, a cache of the Hugging Face client and a folder for temporary files of
their own, which are kept. Searched are: what they print, these folders, and all files of the work tree that git does
not know or that are newer than the start; not what is installed (.venv, node_modules). What a command removes before it
ends cannot be searched. `allowed.yaml` names places in which a token, or a bearer, is no fault; the canary is one
everywhere. Exit code 1 if something is found, or a command fails.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.secrets.planted import Canary, plant
from tests.secrets.search import BEARER, TOKEN, Found, Search, files_below, search

ROOT = Path(__file__).parents[2]
_INSTALLED = re.compile(r"(^|/)(\.venv|node_modules)/")
_OF_ALL = frozenset({BEARER, TOKEN})
"""What may be allowed: patterns that also fit tokens which a test made for itself."""


@dataclass(frozen=True)
class Allowed:
    """A place where a token, or a bearer, is no fault."""

    path: re.Pattern[str]
    reason: str


def allowed() -> list[Allowed]:
    read = yaml.safe_load((Path(__file__).parent / "allowed.yaml").read_text(encoding="utf-8"))
    return [Allowed(re.compile(entry["path"]), entry["reason"]) for entry in read]


def reason_for(found: Found, places: list[Allowed]) -> str | None:
    """Why this is no fault, if it is none."""
    if found.what not in _OF_ALL:
        return None
    return next((place.reason for place in places if place.path.search(found.where)), None)


def written(folder: Path, canary: Canary, since: float) -> Iterator[tuple[str, Path]]:
    """The files to search: those in `folder` but for the ones that we put there, and those of the work tree."""
    for name, path in files_below(folder, ""):
        if path not in canary.files or path.read_bytes() != canary.files[path]:
            yield name.removeprefix("/"), path
    for path in _in_work_tree("--others"):
        yield f"work tree/{path.relative_to(ROOT).as_posix()}", path
    for path in _in_work_tree():
        if path.stat().st_mtime >= since:
            yield f"work tree/{path.relative_to(ROOT).as_posix()}", path


def _in_work_tree(*options: str) -> list[Path]:
    """Files that git knows, or with `--others` those that it does not; without what is installed."""
    listed = subprocess.run(["git", "ls-files", "-z", *options], cwd=ROOT, capture_output=True, check=True)
    names = filter(None, listed.stdout.decode(errors="surrogateescape").split("\0"))
    paths = [ROOT / name for name in names if not _INSTALLED.search(name)]
    return [path for path in paths if path.is_file() and not path.is_symlink()]


def run(commands: list[str], folder: Path, canary: Canary) -> list[str]:
    """Run them one after another; gives those that failed. What they print goes to files in `folder`."""
    failed = []
    for number, command in enumerate(commands, 1):
        log = folder / f"printed-{number}.txt"
        print(f"{command}: what it prints goes to {log}", flush=True)
        with log.open("wb") as file:
            done = subprocess.run(
                shlex.split(command), cwd=ROOT, env=canary.environment, stdout=file, stderr=file, check=False
            )
        if done.returncode:
            failed.append(f"{command}: exit code {done.returncode}")
    return failed


def report(result: Search) -> list[str]:
    """Print what was allowed and why, and the figures; gives what was found."""
    places = allowed()
    reasons = {found: reason_for(found, places) for found in result.found}
    for reason, number in Counter(filter(None, reasons.values())).items():
        print(f"allowed, {number} times: {reason}")
    faults = [f"{found.where}: {found.what}" for found, reason in reasons.items() if reason is None]
    print(
        f"canary: {result.files} files searched, {result.packed} more in packed ones, {len(faults)} with a secret"
    )
    return faults


def main(commands: list[str]) -> int:
    if not commands:
        raise SystemExit('error: no command is named. Give each as one argument: "make site".')
    folder = Path(tempfile.mkdtemp(prefix="canary-"))
    canary = plant(folder)
    since = time.time()
    failed = run(commands, folder, canary)
    faults = report(search(written(folder, canary, since), canary.token))
    print(
        "\n".join(f"error: {line}" for line in [*failed, *faults]) or f"All that was searched is in {folder}"
    )
    return int(bool(failed or faults))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
