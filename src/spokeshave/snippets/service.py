"""A program that a page's code needs beside it, such as a hub to publish to: one for each run of a page.

The lesson names a function, `MODULE:FUNCTION`. It is called with a new, empty folder and returns a
context manager, which starts the service and gives two mappings of texts:

- `environment`: variables that the page's code sees, such as `{"HF_ENDPOINT": "http://127.0.0.1:40961"}`;
- `shown`: what differs from run to run in what the code prints, such as a port or a token, and what is
  to stand for it, on the page too: `{"127.0.0.1:40961": "127.0.0.1:8000"}`.

Pages run side by side, so the function is called in several threads.
"""

from __future__ import annotations

import pkgutil
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from spokeshave.problems import LessonError, Problem
from spokeshave.snippets.snippet import Outcome

Settings = tuple[Mapping[str, str], Mapping[str, str]]
"""`environment` and `shown`."""
_TEXTS = ("stdout", "stderr", "warnings", "error", "traceback", "reason")


@dataclass(frozen=True, slots=True)
class Service:
    """A service that can be started. `name` is how the lesson names it."""

    name: str
    start: Callable[[Path], AbstractContextManager[Settings]]

    @contextmanager
    def running(self, folder: Path) -> Iterator[Settings]:
        """The service, with what it keeps in the new folder `folder`, until the end of the `with` block.

        Raises `LessonError` if it does not start or does not end.
        """
        folder.mkdir()
        with ExitStack() as stack:
            with self._told("start"):
                environment, shown = stack.enter_context(self.start(folder))
                if not isinstance(environment, Mapping) or not isinstance(shown, Mapping):
                    raise TypeError("it gives no pair of mappings")
            try:
                yield environment, shown
            finally:
                with self._told("end"):
                    stack.close()

    @contextmanager
    def _told(self, step: str) -> Iterator[None]:
        """Whatever goes wrong in `step` told as a problem: a service is other people's code."""
        try:
            yield
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            problem = Problem(
                self.name, 0, f"the service did not {step} ({reason})", "Try it outside of a page's run"
            )
            raise LessonError(problem) from error


def load_service(name: str, lesson: Path) -> Service:
    """The service `MODULE:FUNCTION`; its module may be one of the folder `lesson`.

    Raises `LessonError` if there is no such function.
    """
    if str(lesson) not in sys.path:
        sys.path.insert(0, str(lesson))
    try:
        start = pkgutil.resolve_name(name)
    except (ImportError, AttributeError, ValueError) as error:
        raise _no_service(name, str(error)) from error
    if not callable(start):
        raise _no_service(name, "it cannot be called")
    return Service(name, start)


def _no_service(name: str, reason: str) -> LessonError:
    fix = "Name a function that starts the service: MODULE:FUNCTION"
    return LessonError(Problem(name, 0, f"this is no service ({reason})", fix))


def as_shown(outcome: Outcome, shown: Mapping[str, str]) -> Outcome:
    """The outcome with each text of `shown` replaced in all that the block said; longer ones go first."""
    if not shown:
        return outcome
    found = re.compile("|".join(re.escape(text) for text in sorted(shown, key=len, reverse=True)))
    texts = {name: found.sub(lambda match: shown[match[0]], getattr(outcome, name)) for name in _TEXTS}
    return replace(outcome, **texts)  # type: ignore[arg-type]
