"""The program that runs one page: `python -m spokeshave.snippets.worker JOB PIPE`.

It is started in the page's own folder and environment (`isolation.py`) and needs nothing but the
standard library. JOB is a JSON file that says what to run; what comes of it goes as one JSON object
a line into the open file number PIPE: `{"started": n}` before block n, the block's result after it,
and at the end `{"versions": …}`. `process.py` is the other end.
"""

from __future__ import annotations

import base64
import faulthandler
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import IO, Any

from spokeshave.snippets.capture import Capture
from spokeshave.snippets.drawing import take_figures
from spokeshave.snippets.program import Failure, Program
from spokeshave.snippets.versions import find_versions

_LARGEST_FILE = 2**30
"""A program that writes without end stops here, before the disk is full."""


def main(job_path: str, pipe: str) -> None:
    """Run the job."""
    job = json.loads(Path(job_path).read_text(encoding="utf-8"))
    os.set_inheritable(int(pipe), False)
    with open(int(pipe), "w", encoding="utf-8") as results:
        _limit(job["memory"])
        # The parent asks in this way where a block hangs, before it ends the process.
        stack = open(Path(job["folder"], "stack"), "w", encoding="utf-8")  # noqa: SIM115
        faulthandler.register(signal.SIGUSR1, file=stack, all_threads=False)
        # A child that the code forks goes on from there, but it has nothing to tell.
        os.register_at_fork(after_in_child=results.close)
        for message in _run(job):
            if results.closed:
                os._exit(0)
            _send(results, message)


def _run(job: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Run the blocks up to one that fails."""
    path, blocks = job["path"], job["blocks"]
    python = [block for block in blocks if block["language"] == "python"]
    program = Program(path)
    program.start([(block["line"], block["code"]) for block in python])
    capture = Capture(Path(job["folder"]))
    done: list[str] = []
    for number, block in enumerate(blocks):
        yield {"started": number}
        result = _run_block(block, program, capture, path, Path(job["home"]))
        yield result
        if block["language"] == "python":
            done.append(block["code"])
        if result["error"] and not block["may_fail"]:
            break
    yield {"versions": find_versions(done)}


def _run_block(
    block: Mapping[str, Any], program: Program, capture: Capture, path: str, home: Path
) -> dict[str, Any]:
    before = _files(home)
    capture.start()
    begun = perf_counter()
    if block["language"] == "python":
        failure = program.run(block["line"], block["code"])
        images = take_figures() if failure is None else []
        warned = "".join(program.warnings)
    else:
        failure, images, warned = _run_shell(block["line"], block["code"], path), [], ""
    seconds = perf_counter() - begun
    stdout, stderr = capture.stop()
    failed = failure or Failure()
    return {
        "stdout": stdout,
        "stderr": stderr,
        "warnings": _encodable(warned),
        "error": _encodable(failed.error),
        "traceback": _encodable(failed.traceback),
        "line": failed.line,
        "figures": [base64.b64encode(image).decode() for image in images],
        "seconds": seconds,
        "at_home": sorted(name for name, state in _files(home).items() if before.get(name) != state),
    }


def _encodable(text: str) -> str:
    """`text` as Python prints it on standard error: what UTF-8 cannot hold is escaped."""
    return text.encode("utf-8", "backslashreplace").decode()


def _run_shell(line: int, code: str, path: str) -> Failure | None:
    """Run a block in a new bash. Variables and the folder do not live on to the next block; files do.

    The empty lines in front make bash's messages name the line of the page.
    """
    script = "\n" * line + without_prompts(code)
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script, path]
    code_of_exit = subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode
    return Failure(f"exit code {code_of_exit}") if code_of_exit else None


def without_prompts(code: str) -> str:
    """The commands of a block that shows them after a prompt: `$ ` at the first line, `> ` to go on."""
    lines = code.split("\n")
    if not next((line for line in lines if line.strip()), "").startswith("$ "):
        return code
    return "\n".join(line[2:] if line.startswith(("$ ", "> ")) else line for line in lines)


def _files(folder: Path) -> dict[str, tuple[int, int]]:
    """The files below `folder`, each with its size and time, so that a change can be seen."""
    found: dict[str, tuple[int, int]] = {}
    for place, _, names in os.walk(folder):
        for name in names:
            file = Path(place, name)
            with suppress(FileNotFoundError):  # a process that still runs may remove it
                state = file.lstat()
                found[file.relative_to(folder).as_posix()] = (state.st_size, state.st_mtime_ns)
    return found


def _limit(memory: int) -> None:
    """Limit address space and file size for this process and all that it starts."""
    for limit, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, _LARGEST_FILE)):
        try:
            resource.setrlimit(limit, (value, value))
        except (OSError, ValueError):
            continue  # macOS does not know the first; a stricter limit may be set already


def _send(pipe: IO[str], message: Mapping[str, Any]) -> None:
    try:
        pipe.write(json.dumps(message) + "\n")
        pipe.flush()
    except OSError:
        signal.pause()  # the code has closed the pipe; the parent sees that and ends this process


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
