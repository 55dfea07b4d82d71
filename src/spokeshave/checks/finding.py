"""One thing that a check has found."""

from __future__ import annotations

from dataclasses import dataclass

from spokeshave.checks.rules import RULES, Severity


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Where it is, which rule it is by, what is wrong and how to mend it.

    `line` and `column` count from one. What is said of a page as a whole stands on line one. A line of
    zero is for files without lines; a column of one may also mean that the place in the line is not known.
    """

    path: str
    line: int
    column: int
    rule: str
    message: str
    fix: str
    severity: Severity

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


def finding(path: str, line: int, column: int, rule: str, message: str, fix: str) -> Finding:
    """A finding, as severe as its rule says."""
    return Finding(path, line, column, rule, message, fix, RULES[rule].severity)
