"""Runs the command in processes of their own, under limits, and measures them: `python -m` this, a request a line.

Each run is a fork of this process, which has loaded spokeshave already: so a run costs a tenth of a second, not one,
and yet has a time and a memory of its own. A request is `{"arguments": […], "output": FILE, "errors": FILE,
"vanish": {PATH: MOMENT}, "search": BOOL}`; the answer `{"exit": …, "seconds": …, "megabytes": …}`: the processor's
time, and the most memory that the process or one of its children had.
"""

from __future__ import annotations

import functools
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from spokeshave import cli, reader
from spokeshave.site import Extras

_ADDRESS_SPACE = 4 * 2**30
"""A guard for the machine; what is allowed is far less, and is what the tests hold the measured memory against."""
_PROCESSOR_SECONDS = 20
_SECONDS = 120
_PLACES = {"after listing": (reader, "list_pages"), "after reading": (cli, "read_lesson")}
"""When a file may vanish: the function after whose first return it does."""


def _vanish(files: dict[str, str]) -> None:
    """Let each file vanish at its moment."""
    for path, moment in files.items():
        module, name = _PLACES[moment]
        function = getattr(module, name)

        def followed(*given: Any, function: Any = function, path: str = path, **named: Any) -> Any:
            result = function(*given, **named)
            Path(path).unlink(missing_ok=True)
            return result

        setattr(module, name, followed)


def _without_search(extras: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """What a site may have, without an index: making it takes as long as all the rest of a small site."""
    return extras(*given, **{**named, "search": False})


def _run(request: dict[str, Any]) -> None:
    """In the new process: the command, with its limits. It never returns."""
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_SECONDS, _PROCESSOR_SECONDS))
    signal.alarm(_SECONDS)
    for number, name in ((1, "output"), (2, "errors")):
        os.dup2(os.open(request[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.chdir(Path(request["output"]).parent)
    _vanish(request["vanish"])
    if not request["search"]:
        module: Any = cli
        module.Extras = functools.partial(_without_search, Extras)
    code = 70
    try:
        cli.main(request["arguments"], prog_name="spokeshave")
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:  # as the interpreter would
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if not child:
            _run(request)
        _, status, usage = os.wait4(child, 0)
        answer = {
            "exit": os.waitstatus_to_exitcode(status),
            "seconds": usage.ru_utime + usage.ru_stime,
            "megabytes": usage.ru_maxrss / 1024,
        }
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
