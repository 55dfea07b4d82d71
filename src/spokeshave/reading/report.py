"""Where the reader gathers what it finds wrong, so that authors hear of everything at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from spokeshave.problems import LessonError, Problem


@dataclass(slots=True)
class Report:
    """Problems found so far."""

    problems: list[Problem] = field(default_factory=list)

    def error(self, path: str, line: int, message: str, fix: str) -> None:
        self.problems.append(Problem(path, line, message, fix))

    def warning(self, path: str, line: int, message: str, fix: str, rule: str = "") -> None:
        self.problems.append(Problem(path, line, message, fix, "warning", rule))

    def stop_on_errors(self) -> None:
        """Raise `LessonError` with every error, if there is one."""
        if self.errors:
            raise LessonError(*self.errors)

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "warning")
