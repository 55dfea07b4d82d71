"""Kills builds at random moments and reads the site meanwhile, as a web server would. A program of its own:

    python -m tests.spokeshave.faults.killing FOLDER KILLS

Each build is a process with all that it needs loaded already, by `os.fork`: to start Python takes five times as long
as to build this lesson. It prints what it saw, as JSON. What should never be seen ends it with a traceback.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from tests.spokeshave.faults.two_lessons import Content, beside, both_sites, build_here, which

_SEED = 20260131
_CHECKED = 20
"""After so many kills a build is left alone, and must do all its work. The time it takes is that of the next ones:
what else the machine does changes."""
_COUNTED = ("killed", "ended before", "reads", "then old", "then new")

_PAUSE = 0.001  # seconds between two reads: the build needs the processor too


@dataclass
class Watched:
    """The site at `target`, which is A's or B's, and what was seen of it."""

    target: Path
    sites: dict[str, Content]
    seen: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTED, 0))

    def note(self, what: str) -> None:
        self.seen[what] = self.seen.get(what, 0) + 1

    def read(self, path: str, old: str, new: str, shown: str) -> str:
        """Read one file at its address while `new` takes the place of `old`; gives the site that it was of."""
        self.note("reads")
        content = (self.target / path).read_bytes()
        if content == self.sites[new].get(path) and content != self.sites[old].get(path):
            return new
        assert content == self.sites[old].get(path), f"{path} is of no whole site"
        same = content == self.sites[new].get(path)
        assert same or shown == old, f"{path} is of the old site, after the new one was seen"
        return shown


def main(folder: Path, kills: int) -> dict[str, int]:
    """Kill so many builds. Gives what was seen, and how often."""
    lessons, sites = both_sites(folder)
    target = folder / "served" / "docs"
    build_here(lessons["A"], target)
    watched, chance = Watched(target, sites), random.Random(_SEED)
    takes = _whole_build(watched, lessons)
    while watched.seen["killed"] < kills:
        old = which(target, sites)
        new = "B" if old == "A" else "A"
        _kill_one(watched, lessons[new], old, new, chance.uniform(0, 1.2 * takes))
        watched.note(f"then {'new' if which(target, sites) == new else 'old'}")
        left = [name for name in beside(target) if name != ".docs.lock"]
        assert len(left) <= 1, left
        watched.note("folders left" if left else "nothing left")
        if watched.seen["killed"] % _CHECKED == 0:
            takes = _whole_build(watched, lessons)
    _whole_build(watched, lessons)
    return watched.seen


def _start(lesson: Path, target: Path) -> int:
    """Begin a build in a process of its own; gives its number."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        build_here(lesson, target)
        code = 0
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(code)


def _whole_build(watched: Watched, lessons: dict[str, Path]) -> float:
    """A build that nobody kills puts the other site there, and leaves nothing beside it. Gives its seconds."""
    new = "B" if which(watched.target, watched.sites) == "A" else "A"
    began = time.perf_counter()
    _, status = os.waitpid(_start(lessons[new], watched.target), 0)
    took = time.perf_counter() - began
    assert os.waitstatus_to_exitcode(status) == 0
    assert which(watched.target, watched.sites) == new
    assert beside(watched.target) == []
    return took


def _kill_one(watched: Watched, lesson: Path, old: str, new: str, after: float) -> None:
    """Build and kill the build after so many seconds. Until then read files that both sites have, one after another."""
    shown = old
    paths = cycle(path for path in sorted(watched.sites["A"]) if path in watched.sites["B"])
    child = _start(lesson, watched.target)
    until = time.perf_counter() + after
    while time.perf_counter() < until:
        shown = watched.read(next(paths), old, new, shown)
        time.sleep(_PAUSE)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    ended = os.waitstatus_to_exitcode(status)
    assert ended in {0, -signal.SIGKILL}
    watched.note("killed" if ended else "ended before")


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
