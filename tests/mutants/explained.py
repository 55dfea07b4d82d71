"""Faults that no test notices, and why that is right: `explained/*.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

EXPLAINED = Path(__file__).with_name("explained")
_KEYS = {"function", "was", "now", "reason"}


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: the function, as `spokeshave.blocks.folds.fold`, and its lines before and after."""

    name: str
    function: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why faults in these functions, between lines like these, may stay unnoticed."""

    function: str
    was: str
    now: str
    reason: str

    def fits(self, fault: Fault) -> bool:
        return (
            fnmatchcase(fault.function, self.function)
            and self.fits_before(fault.was)
            and re.search(self.now, fault.now) is not None
        )

    def fits_before(self, text: str) -> bool:
        return re.search(self.was, text) is not None


def explanations(folder: Path = EXPLAINED) -> list[Explanation]:
    """All explanations. `was` and `now` are regular expressions; without one, any line will do.

    Raises:
        ValueError: an entry has other keys, or no reason.
    """
    return [explanation for path in sorted(folder.glob("*.yaml")) for explanation in _read(path)]


def _read(path: Path) -> list[Explanation]:
    entries: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    for entry in entries:
        if not entry.keys() <= _KEYS or not entry.get("reason"):
            raise ValueError(
                f"{path.name}: {entry}: it has a `reason`, and may have `function`, `was` and `now`"
            )
    return [
        Explanation(entry.get("function", "*"), entry.get("was", ""), entry.get("now", ""), entry["reason"])
        for entry in entries
    ]


def explanation_of(fault: Fault, known: list[Explanation]) -> Explanation | None:
    """The first one that fits."""
    return next((explanation for explanation in known if explanation.fits(fault)), None)
