"""What mutmut says of its faults: how each ended, and what it changed."""

from __future__ import annotations

import subprocess
from collections.abc import Collection, Iterable
from contextlib import chdir
from pathlib import Path

from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.mutation.file_mutation import filter_mutants_with_type_checker

from tests.mutants.explained import Fault

UNNOTICED = ("survived", "no tests", "not checked", "suspicious", "skipped")


def outcomes(copy: Path, mutmut: str) -> dict[str, str]:
    """How each fault ended: `killed`, `survived`, `no tests`, `timeout`, `caught by type check`."""
    said = subprocess.run(
        [mutmut, "results", "--all", "true"], cwd=copy, capture_output=True, text=True, check=True
    )
    pairs = (line.split(":", 1) for line in said.stdout.splitlines() if ":" in line)
    return {name.strip(): outcome.strip() for name, outcome in pairs}


def noticed_by_types(copy: Path) -> Collection[str]:
    """The faults in which mypy finds an error."""
    with chdir(copy):
        found: Collection[str] = filter_mutants_with_type_checker().keys()
    return found


def _function(name: str) -> str:
    """`spokeshave.blocks.folds.x_fold__mutmut_3` is a fault in `spokeshave.blocks.folds.fold`.

    In a method, mutmut puts class and method between signs of its own: `xǁWriterǁnumber__mutmut_3`.
    """
    module, _, function = name.rpartition(".")
    function = function.rpartition("__mutmut_")[0]
    return f"{module}.{function.removeprefix('xǁ').removeprefix('x_').replace('ǁ', '.')}"


def source_of(name: str) -> Path:
    """The file that the fault is in."""
    return Path("src", *name.split(".")[:-1]).with_suffix(".py")


def _changed(lines: Iterable[str], sign: str) -> str:
    """The lines of a difference that begin with this sign, as one."""
    return " ".join(
        line[1:].strip() for line in lines if line.startswith(sign) and not line.startswith(sign * 3)
    )


def faults(names: Iterable[str], copy: Path) -> list[Fault]:
    """These faults, with the lines that they change."""
    found = []
    with chdir(copy):
        for name in names:
            lines = get_diff_for_mutant(name, path=source_of(name)).splitlines()
            found.append(Fault(name, _function(name), _changed(lines, "-"), _changed(lines, "+")))
    return found
