"""Asks a database of known weaknesses (OSV) about everything that the locks name.

python -m tests.supply.audit [--must-run]

The database is on the web. Where it cannot be reached nothing is known, and the last line says so: "skipped". The
exit code is then 0, or 1 with `--must-run`. It is 1 as well if a weakness is known, or if pip-audit fails.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.supply.locks import LOCKS, ROOT, locked

PROGRAM = Path(sys.executable).parent / "pip-audit"
_UNREACHED = re.compile(
    r"requests\.exceptions\.(ConnectionError|ProxyError|ConnectTimeout|ReadTimeout)\b|Could not connect to"
)


class UnreachableError(Exception):
    """The database does not answer; the text says why."""


def ask(lock: str, program: Path, options: tuple[str, ...]) -> list[dict[str, Any]]:
    """What the database knows of each distribution in a lock that is for this system.

    Raises `UnreachableError`, and `SystemExit` if pip-audit fails or leaves a distribution out.
    """
    command = [str(program), "--vulnerability-service", "osv", "--disable-pip", "--format", "json", *options]
    command += ["--progress-spinner", "off", "--requirement", str(ROOT / f"requirements/{lock}.txt")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        last = (done.stderr.strip().splitlines() or ["no word"])[-1]
        if _UNREACHED.search(last):
            raise UnreachableError(last)
        raise SystemExit(f"error: requirements/{lock}.txt: pip-audit failed: {last}")
    answers: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    _are_all_there(lock, answers)
    return answers


def _are_all_there(lock: str, answers: list[dict[str, Any]]) -> None:
    judged = {(answer["name"], answer["version"]) for answer in answers if "vulns" in answer}
    wanted = {(entry.name, entry.version) for entry in locked(lock) if entry.applies}
    if missing := sorted(name for name, _ in wanted - judged):
        raise SystemExit(f"error: requirements/{lock}.txt: pip-audit left out {', '.join(missing)}.")


def findings(lock: str, answers: list[dict[str, Any]]) -> list[str]:
    """A line for each known weakness, with the versions that do without it."""
    return [
        f"requirements/{lock}.txt: {answer['name']} {answer['version']}: {weakness['id']}."
        f" Mended in: {', '.join(weakness['fix_versions']) or 'no version yet'}."
        for answer in answers
        for weakness in answer["vulns"]
    ]


def main(arguments: list[str], program: Path = PROGRAM, options: tuple[str, ...] = ()) -> int:
    """The exit code. `options` are more of them for pip-audit, such as another database."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--must-run", action="store_true", help="fail if the database cannot be reached")
    must_run = parser.parse_args(arguments).must_run
    try:
        answers = {lock: ask(lock, program, options) for lock in LOCKS}
    except UnreachableError as reason:
        print(f"The database does not answer: {reason}")
        print("skipped: audit: nothing was asked, so nothing is known of the locked versions.")
        return int(must_run)
    found = [line for lock in LOCKS for line in findings(lock, answers[lock])]
    asked = {(answer["name"], answer["version"]) for lock in LOCKS for answer in answers[lock]}
    print(
        "\n".join([*found, f"audit: {len(asked)} distributions asked about, {len(found)} weaknesses known"])
    )
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
