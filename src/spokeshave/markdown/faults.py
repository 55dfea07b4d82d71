"""What the parse found wrong: kept beside the tokens, told to the author by the caller."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Fault:
    """`line` counts from zero, as the parser's lines do."""

    line: int
    message: str
    fix: str
    severity: Severity = "error"


def add_fault(
    env: MutableMapping[str, Any], line: int, message: str, fix: str, severity: Severity = "error"
) -> bool:
    """Note a fault once, however often a rule looks at its line. An error stops the build.

    Returns whether the fault was not known yet.
    """
    faults: dict[int, Fault] = env.setdefault("faults", {})
    if line in faults:
        return False
    faults[line] = Fault(line, message, fix, severity)
    return True


def found_faults(env: MutableMapping[str, Any]) -> tuple[Fault, ...]:
    faults: dict[int, Fault] = env.get("faults", {})
    return tuple(faults[line] for line in sorted(faults))
