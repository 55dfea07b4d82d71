"""What is wrong with a lesson, said so that its author can mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding: where it is, what is wrong and how to mend it.

    `line` counts from one; zero means that the problem is the file's, not one line's. `rule` is the name
    that `spokeshave check` has for what is wrong, if it has one.
    """

    path: str
    line: int
    message: str
    fix: str = ""
    severity: Literal["error", "warning"] = "error"
    rule: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}." + (f" {self.fix}." if self.fix else "")


class LessonError(Exception):
    """The lesson cannot be built. `problems` holds every reason that was found, not only the first."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
