"""Kills the writing of a site before each of its calls that change files, one after another. A program of its own:

    python -m tests.spokeshave.faults.stepping FOLDER WAY

Python tells of each of these calls before it is made (PEP 578). It prints what was seen, as JSON; what should never be
seen ends it with a traceback.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from spokeshave import swap
from spokeshave.output import OutputFolder
from tests.spokeshave.faults.two_lessons import Content, beside, which
from tests.spokeshave.sites import snapshot

_CALLS = ("open", "os.", "shutil.", "ctypes.", "tempfile.", "fcntl.")
"""How the names of the events begin that are counted."""
_NOT_ENOUGH = 25
"""Fewer calls than this are not all that it takes: then Python tells of them in another way."""


def main(folder: Path, way: str) -> dict[str, int]:
    """What was seen, with `one exchange` or with `two renames`, which is all that other systems have."""
    if way == "two renames":
        swap.exchange = _no_exchange  # type: ignore[attr-defined] # imported there, not exported
    return _all_steps(folder / "site")


def _no_exchange(one: Path, other: Path) -> bool:
    return False


def _all_steps(folder: Path) -> dict[str, int]:
    target, sites = folder / "docs", _sites(folder)
    _write(target, sites["A"])
    seen = {"killed": 0, "old": 0, "new": 0, "missing": 0, "folders left": 0}
    while True:
        old = which(target, sites)
        new = "B" if old == "A" else "A"
        if not _killed(partial(_write, target, sites[new]), before=seen["killed"]):
            break
        seen["killed"] += 1
        seen["folders left"] += bool(beside(target))
        if not target.exists():
            seen["missing"] += 1
        else:
            seen["new" if which(target, sites) == new else "old"] += 1
        # A build that fails brings back what a dead one took away, and so does one that is left alone.
        with suppress(KeyError), OutputFolder(target) as output:
            assert which(target, sites) in "AB"
            assert output.paths == set()
            raise KeyError
        assert beside(target) == []
    assert which(target, sites) == new
    assert beside(target) == []
    assert seen["killed"] > _NOT_ENOUGH, seen
    return seen


def _sites(folder: Path) -> dict[str, Content]:
    """The contents of two small sites, as they stand on the disk when nothing goes wrong."""
    sites = {}
    for name in "AB":
        content = {
            path: name.encode() for path in (".nojekyll", "index.html", f"{name}.html", "assets/x.css")
        }
        _write(folder / name, content)
        sites[name] = snapshot(folder / name)
        assert sites[name] == content
    for name in "AB":
        (folder / name).rename(folder.with_name(f"{folder.name}-{name}"))
    return sites


def _write(target: Path, content: Content) -> None:
    with OutputFolder(target) as output:
        for path, data in content.items():
            output.write(path, data)
        output.finish()


def _killed(write: Callable[[], None], before: int) -> bool:
    """Call `write` in a process that is killed before its call number `before`. Returns whether it came so far."""
    child = os.fork()
    if not child:
        left = before

        def count(event: str, _arguments: object) -> None:
            nonlocal left
            if event.startswith(_CALLS):
                left -= 1
                if left < 0:
                    signal.raise_signal(signal.SIGKILL)

        code = 1
        try:
            sys.addaudithook(count)
            write()
            code = 0
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(code)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in {0, -signal.SIGKILL}
    return ended != 0


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2])))
