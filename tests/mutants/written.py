"""Faults written into the sources themselves, for code that runs in processes of its own.

mutmut chooses a fault within the process that runs the tests. The code of pages, and a pytest that a test starts, are
other processes, and where the environment is taken away its choice does not come. So here each fault is written into
a copy of the sources, and the tests run on that.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir, suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from queue import SimpleQueue
from threading import Lock

from mutmut.mutation.data import MutantLineSpans
from mutmut.mutation.diff_apply import generated_function_names
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

from tests.mutants.faults import source_of
from tests.mutants.stages import Processes

_LONGEST = 300
"""Seconds for the tests of one fault. Without a fault they take a tenth of it."""


_CHANGING_FOLDER = Lock()


@dataclass(frozen=True, slots=True)
class _Copy:
    """A copy of the sources with a Python of its own, that finds them instead of the installed ones.

    Its places are absolute.
    """

    root: Path
    python: Path


def outcomes_of_written(names: Iterable[str], faulty: Path, processes: Sequence[Processes]) -> dict[str, str]:
    """How faults ended that were written into copies of the sources: `killed`, `survived` or `timeout`.

    `faulty` is the folder in which mutmut made its faults. Faults in no code of `processes` are left out.

    Raises:
        RuntimeError: the tests fail where there is no fault.
    """
    wanted = {name: tests for name in names if (tests := tests_of(name, processes))}
    if not wanted:
        return {}
    faulty = faulty.absolute()  # for mutmut, other threads change the folder that names are looked up in
    copies: SimpleQueue[_Copy] = SimpleQueue()
    count = os.cpu_count() or 1
    for number in range(count):
        copies.put(_copy(faulty, faulty.with_name(f"{faulty.name}-{number}")))
    _see_that_they_pass(sorted(set(wanted.values())), copies)
    with ThreadPoolExecutor(count) as pool:
        ended = pool.map(lambda name: _try(name, wanted[name], faulty, copies), wanted)
        return dict(zip(wanted, ended, strict=True))


def tests_of(name: str, processes: Sequence[Processes]) -> tuple[str, ...]:
    """The tests that start the processes in which the code of this fault runs; none if it runs in no others."""
    return next((entry.tests for entry in processes if fnmatchcase(name, entry.modules)), ())


def _copy(faulty: Path, root: Path) -> _Copy:
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(faulty, root, ignore=shutil.ignore_patterns("mutants", "setup.cfg"))
    venv.create(root / ".venv", with_pip=False, symlinks=True)
    python = root / ".venv" / "bin" / Path(sys.executable).name
    # In the file of another folder of packages, Python does not look for further such files: the installed
    # sources, which are named in one, are not found.
    here = root / ".venv" / Path(sysconfig.get_path("purelib")).relative_to(sys.prefix)
    (here / "copy.pth").write_text(f"{root / 'src'}\n{sysconfig.get_path('purelib')}\n")
    return _Copy(root, python)


def _see_that_they_pass(choices: Sequence[tuple[str, ...]], copies: SimpleQueue[_Copy]) -> None:
    copy = copies.get()
    for tests in choices:
        if _ended(copy, tests) != "survived":
            raise RuntimeError(f"without a fault, these tests fail: {' '.join(tests)}. See {copy.root}.")
    copies.put(copy)


def _try(name: str, tests: tuple[str, ...], faulty: Path, copies: SimpleQueue[_Copy]) -> str:
    copy = copies.get()
    path = copy.root / source_of(name)
    whole = path.read_text(encoding="utf-8")
    try:
        path.write_text(with_fault(whole, name, faulty), encoding="utf-8")
        return _ended(copy, tests)
    finally:
        path.write_text(whole, encoding="utf-8")
        copies.put(copy)


def with_fault(source: str, name: str, faulty: Path) -> str:
    """`source` with this fault of mutmut's.

    Raises:
        ValueError: the function is not once in the source.
    """
    original, fault = generated_function_names(name)
    with _CHANGING_FOLDER, chdir(faulty):
        spans = MutantLineSpans.load(source_of(name))
        assert spans is not None, "mutmut writes this file together with the faults"
        before, after = spans.read_function_sources([original, fault])
    function, _ = orig_function_and_class_names_from_key(name)
    before = before.replace(original, function, 1).strip("\n")
    if source.count(before) != 1:
        raise ValueError(f"{name}: this is not once in the source:\n{before}")
    return source.replace(before, after.replace(fault, function, 1).strip("\n"))


def _ended(copy: _Copy, tests: Sequence[str]) -> str:
    """Run the tests up to the first that fails."""
    command = [str(copy.python), "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    with open(copy.root / "said", "w", encoding="utf-8") as said:
        process = subprocess.Popen(command, cwd=copy.root, stdout=said, stderr=said, start_new_session=True)
        try:
            return "killed" if process.wait(_LONGEST) else "survived"
        except subprocess.TimeoutExpired:
            return "timeout"
        finally:
            # What ran the code of pages ends it, if it is asked.
            for number in (signal.SIGINT, signal.SIGKILL):
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, number)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(10)
