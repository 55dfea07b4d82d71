"""`python -m tests.mutants [PATTERN ...]`: put faults into a copy of the sources, and list what nothing notices.

Every fault that was not noticed must be explained in `explained/*.yaml`; otherwise the exit code is 1. A pattern, as
`spokeshave.checks.*`, takes the faults of these functions alone. All of them take hours.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.mutants.explained import EXPLAINED, Fault, explanation_of, explanations
from tests.mutants.faults import UNNOTICED, faults, noticed_by_types, outcomes
from tests.mutants.stages import PROCESSES, STAGES, write_settings
from tests.mutants.written import outcomes_of_written, tests_of

_COPY = Path("site/mutants")
_MUTMUT = str(Path(sys.executable).with_name("mutmut").absolute())


def _fresh_copy() -> None:
    shutil.rmtree(_COPY, ignore_errors=True)
    subprocess.run(["git", "checkout-index", "--all", f"--prefix={_COPY}/"], check=True)


def _run_mutmut(patterns: Sequence[str]) -> None:
    """What it says goes into a file: it draws its progress, some megabytes of it."""
    said = _COPY.absolute() / "said"
    with open(said, "w", encoding="utf-8") as file:
        done = subprocess.run([_MUTMUT, "run", *patterns], cwd=_COPY, stdout=file, stderr=file, check=False)
    if done.returncode:
        sys.exit(f"error: mutmut ended with exit code {done.returncode}. What it said is in {said}")


def _ended(patterns: Sequence[str]) -> dict[str, str]:
    """How each fault ended, after all stages."""
    wanted = list(patterns)
    ended: dict[str, str] = {}
    for stage in STAGES:
        print(f"# {stage.name}", flush=True)
        write_settings(stage, _COPY)
        _run_mutmut(wanted)
        now = outcomes(_COPY, _MUTMUT)
        looked_at = wanted if ended else now
        ended |= {name: now[name] for name in looked_at if now[name] != "not checked"}
        left = [name for name, outcome in ended.items() if outcome in UNNOTICED]
        wanted = [name for name in left if not tests_of(name, PROCESSES)]
        if not wanted:
            break
    # What no test reaches mutmut does not show to mypy.
    unreached = [name for name, outcome in ended.items() if outcome == "no tests"]
    write_settings(STAGES[0], _COPY)
    by_types = noticed_by_types(_COPY) if unreached else ()
    ended |= {name: "caught by type check" for name in unreached if name in by_types}
    print("# processes of their own", flush=True)
    known = explanations()
    unnoticed = faults((name for name, outcome in ended.items() if outcome in UNNOTICED), _COPY)
    tried = [fault.name for fault in unnoticed if explanation_of(fault, known) is None]
    return ended | outcomes_of_written(tried, _COPY, PROCESSES)


def _report(ended: dict[str, str], left: Iterable[Fault]) -> int:
    known = explanations()
    reasons: Counter[str] = Counter()
    unexplained = []
    for fault in left:
        explanation = explanation_of(fault, known)
        if explanation is None:
            unexplained.append(fault)
        else:
            reasons[explanation.reason] += 1
    for fault in unexplained:
        print(f"{fault.name}\n  - {fault.was}\n  + {fault.now}")
    print(f"{len(ended)} faults: {dict(Counter(ended.values()))}")
    for reason, count in reasons.most_common():
        print(f"{count:5} explained: {reason}")
    if unexplained:
        print(
            f"{len(unexplained):5} not explained: write a test that notices, or say why in {EXPLAINED.name}/"
        )
    return 1 if unexplained else 0


def main(patterns: Sequence[str]) -> int:
    _fresh_copy()
    ended = _ended(patterns)
    return _report(ended, faults((name for name, how in ended.items() if how in UNNOTICED), _COPY))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
