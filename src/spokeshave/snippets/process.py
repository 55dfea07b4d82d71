"""Starts the program that runs a page, listens to it, and ends it when its time is over."""

from __future__ import annotations

import base64
import json
import os
import re
import select
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from typing import Any

from spokeshave.snippets.capture import STREAMS, read_start
from spokeshave.snippets.daemons import end_daemons
from spokeshave.snippets.isolation import Place, isolated_place, python
from spokeshave.snippets.service import Service, as_shown
from spokeshave.snippets.snippet import Outcome, Snippet

DEFAULT_MEMORY = 4 * 2**30
"""Bytes of address space for a page's code. Libraries reserve more than they use: pandas and
scikit-learn about 1 GB, PyTorch about 3."""
_START_SECONDS = 60.0
"""What Python may take before the first block: a busy machine is slow."""
_LOOK_SECONDS = 0.25
"""How long a wait for the process lasts before the wish to stop is looked at."""
_GRACE_SECONDS = 2.0
"""What a process may take to say where it is, or to end: a busy machine is slow."""
STOP = Event()
"""Set, it ends every program that runs: somebody pressed Ctrl-C."""


@dataclass(frozen=True, slots=True)
class ProgramRun:
    """What came of one program; `versions` is empty if it did not live to tell."""

    outcomes: tuple[Outcome, ...]
    versions: Mapping[str, str]


def run_program(
    lesson: Path, path: str, snippets: Sequence[Snippet], memory: int, service: Service | None = None
) -> ProgramRun:
    """Run `snippets`, all of the page `path` of the lesson in the folder `lesson`, in one process.

    An outcome says whether the block ran; what it printed is not judged here. Whatever the code
    does to its process is an outcome, not an exception. Raises `LessonError` if `service`, which
    runs beside the code, does not start or end.
    """
    with ExitStack() as stack:
        place = stack.enter_context(isolated_place(lesson, path))
        environment, shown = (
            stack.enter_context(service.running(place.root / "service")) if service else ({}, {})
        )
        work = _Run(replace(place, environment={**place.environment, **environment}), path, snippets)
        work.run(memory)
        return ProgramRun(tuple(as_shown(outcome, shown) for outcome in work.outcomes), work.versions)


@dataclass(slots=True)
class _Run:
    place: Place
    path: str
    snippets: Sequence[Snippet]
    outcomes: list[Outcome] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)
    started: int = -1

    def run(self, memory: int) -> None:
        reading, writing = os.pipe()
        try:
            process = self._start(writing, memory)
        finally:
            os.close(writing)
        try:
            with open(reading, "rb", buffering=0) as pipe:
                self._listen(process, pipe.fileno())
        finally:
            _kill(process)
            end_daemons(self.place.home)
        for snippet in self.snippets[len(self.outcomes) :]:
            self.outcomes.append(self._not_run(snippet))

    def _start(self, pipe: int, memory: int) -> subprocess.Popen[bytes]:
        job = {
            "path": self.path,
            "folder": str(self.place.root),
            "home": str(self.place.home),
            "memory": memory,
            "blocks": [
                {
                    "line": snippet.line,
                    "language": snippet.language,
                    "code": snippet.code,
                    "may_fail": any(wanted.kind == "error" for wanted in snippet.expectations),
                }
                for snippet in self.snippets
            ],
        }
        file = self.place.root / "job.json"
        file.write_text(json.dumps(job), encoding="utf-8")
        with open(self.place.root / "stderr", "ab") as errors:
            return subprocess.Popen(
                [python(), "-m", "spokeshave.snippets.worker", str(file), str(pipe)],
                cwd=self.place.work,
                env=self.place.environment,
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
                pass_fds=(pipe,),
                start_new_session=True,
            )

    def _listen(self, process: subprocess.Popen[bytes], pipe: int) -> None:
        """Take in what the process says until it has said all, died, or used up its time."""
        waiting = b""
        deadline = monotonic() + _START_SECONDS
        while not self.versions:
            if STOP.is_set():
                return
            if not select.select([pipe], [], [], min(_LOOK_SECONDS, max(0, deadline - monotonic())))[0]:
                if monotonic() >= deadline:
                    self._add_late(process)
                    return
                continue
            data = os.read(pipe, 1 << 16)
            if not data:
                self._add_death(process)
                return
            *lines, waiting = (waiting + data).split(b"\n")
            for line in lines:
                self._take(json.loads(line))
            if lines:
                deadline = monotonic() + self._seconds()

    def _take(self, message: Mapping[str, Any]) -> None:
        if "started" in message:
            self.started = message["started"]
        elif "versions" in message:
            self.versions = message["versions"]
        else:
            self.outcomes.append(_outcome(self.snippets[len(self.outcomes)], message))

    def _seconds(self) -> float:
        """How long the process may now be silent."""
        running = self.started == len(self.outcomes)
        return self.snippets[self.started].timeout if running else _START_SECONDS

    def _add_late(self, process: subprocess.Popen[bytes]) -> None:
        """The block that runs takes too long: ask where it is."""
        # The signal can also end the process, if it is not yet, or no longer, a Python that listens.
        process.send_signal(signal.SIGUSR1)
        trace = _stack(self.place.root / "stack", self.path)
        line = int(trace.rpartition("line ")[2].partition(",")[0]) if trace else 0
        snippet = self.snippets[max(self.started, 0)]
        reason = f"it took longer than {snippet.timeout:g} s"
        self._add_failure(snippet, reason, trace, line)

    def _add_death(self, process: subprocess.Popen[bytes]) -> None:
        """The process is gone, though it had more to say."""
        snippet = self.snippets[min(len(self.outcomes), len(self.snippets) - 1)]
        self._add_failure(snippet, f"the whole Python process {_end(process)}", "", 0)

    def _add_failure(self, snippet: Snippet, reason: str, trace: str, line: int) -> None:
        if len(self.outcomes) == len(self.snippets):
            return
        out, errors = (read_start(self.place.root / name) for name in STREAMS)
        self.outcomes.append(
            Outcome(snippet, "failed", stdout=out, stderr=errors, traceback=trace, reason=reason, line=line)
        )

    def _not_run(self, snippet: Snippet) -> Outcome:
        failed = next((outcome for outcome in reversed(self.outcomes) if outcome.status == "failed"), None)
        reason = f"not run: the block in line {failed.snippet.line} failed" if failed else "not run: stopped"
        return Outcome(snippet, "not run", reason=reason)


def _outcome(snippet: Snippet, result: Mapping[str, Any]) -> Outcome:
    """The outcome of a block that came to its end."""
    wanted = {expectation.kind for expectation in snippet.expectations}
    reason = ""
    if result["error"] and "error" not in wanted:
        reason = result["error"]
    elif result["at_home"] and not snippet.home:
        names = ", ".join(f"~/{name}" for name in result["at_home"][:3])
        reason = f"it wrote into the home folder: {names}"
    return Outcome(
        snippet,
        "failed" if reason else "passed",
        stdout=result["stdout"],
        stderr=result["stderr"],
        warnings=result["warnings"],
        error=result["error"],
        traceback=result["traceback"],
        figures=tuple(base64.b64decode(image) for image in result["figures"]),
        seconds=result["seconds"],
        reason=reason,
        line=result["line"],
    )


def _stack(file: Path, path: str) -> str:
    """The lines of the page where the code is, outermost first, as a traceback names them.

    They are in `file` as soon as the process has written the frame that it began with.
    """
    deadline = monotonic() + _GRACE_SECONDS
    while "_run_module_as_main" not in read_start(file) and monotonic() < deadline:
        sleep(0.01)
    found = re.findall(rf'  File "{re.escape(path)}", line \d+ in .*', read_start(file))
    return "".join(f"{line.replace(' in ', ', in ')}\n" for line in reversed(found))


def _end(process: subprocess.Popen[bytes]) -> str:
    """What became of a process that says nothing more."""
    try:
        code = process.wait(_GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        return "closed a file that was not its own"
    return f"was killed by {_signal_name(-code)}" if code < 0 else f"ended with exit code {code}"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it started in its session."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
