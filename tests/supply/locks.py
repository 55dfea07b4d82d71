"""What the lock files in requirements/ name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ("site", "test", "torch", "trust")
"""Together they name everything that is installed. (torch-cpu.txt has another build of one in torch.txt.)"""


@dataclass(frozen=True)
class Locked:
    """A distribution in a lock file. The same name may stand there twice, for different systems."""

    name: str
    version: str
    applies: bool
    """Whether it is for this Python on this system."""


def locked(lock: str) -> list[Locked]:
    """The distributions of `requirements/LOCK.txt`, in its order."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    lines = [line.rstrip("\\").strip() for line in text.splitlines() if line[:1].isalnum()]
    return [_locked(Requirement(line)) for line in lines]


def _locked(requirement: Requirement) -> Locked:
    [pin] = requirement.specifier
    applies = requirement.marker is None or requirement.marker.evaluate()
    return Locked(canonicalize_name(requirement.name), pin.version, applies)
