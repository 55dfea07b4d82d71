"""The command on a hostile lesson, in a limited process: what it said, and what it took."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class Done:
    """One run: exit code (negative: ended by that signal), the lines of standard error, all of standard output."""

    exit: int
    says: list[str]
    output: str
    seconds: float
    megabytes: float


class LimitedCommand:
    """`spokeshave` in processes with limits: see `limited.py`. Use it as a context."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-W", "error", "-m", "tests.spokeshave.hostile.limited"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()

    def run(
        self, folder: Path, *arguments: str, vanish: dict[str, str] | None = None, search: bool = True
    ) -> Done:
        """Run the command; `folder` is for what it writes to its standard output and error."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        output, errors = folder / "output", folder / "errors"
        request = {
            "arguments": arguments,
            "output": str(output),
            "errors": str(errors),
            "vanish": vanish or {},
            "search": search,
        }
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        lines = errors.read_text(encoding="utf-8", errors="replace").replace(f"{folder}/", "").splitlines()
        says = [line for line in lines if not line.startswith(("Built ", "check: "))]
        return Done(
            answer["exit"],
            says,
            output.read_text(encoding="utf-8", errors="replace").replace(f"{folder}/", ""),
            answer["seconds"],
            answer["megabytes"],
        )
