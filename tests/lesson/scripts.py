"""Running scripts that load scikit-learn, in processes in which it is loaded already: that takes eight seconds."""

from __future__ import annotations

import os
import runpy
import sys
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

_LOADED = ["pandas", "skops.io", "sklearn.ensemble"]


@dataclass(frozen=True)
class Done:
    """How a script ended, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def run_script(folder: Path, *arguments: str) -> Done:
    """What `python arguments` does in this folder. Each run is a process of its own, forked from a loaded one."""
    context = get_context("forkserver")
    context.set_forkserver_preload(_LOADED)
    process = context.Process(target=_run, args=(folder, arguments))
    process.start()
    process.join()
    printed = [(folder / name).read_text(encoding="utf-8") for name in ("stdout", "stderr")]
    return Done(process.exitcode or 0, *printed)


def _run(folder: Path, arguments: tuple[str, ...]) -> None:
    os.chdir(folder)
    for number, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    sys.argv[:] = arguments
    sys.path.insert(0, str(folder))
    sys.dont_write_bytecode = True
    runpy.run_path(arguments[0], run_name="__main__")
