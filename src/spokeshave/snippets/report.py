"""What is told of a run, for people to read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from spokeshave.snippets.run import PageRun
from spokeshave.snippets.snippet import Outcome, Snippet

_AROUND = 4
"""How many lines of code are shown before and after the one that failed."""
_FRAME = re.compile(r'  File "(?P<path>.*)", line \d+')


def place_of(outcome: Outcome) -> str:
    """`path:line`, with the line at which the author should look."""
    return f"{outcome.snippet.path}:{outcome.line or outcome.snippet.line}"


def failure_text(outcome: Outcome) -> str:
    """All that an author needs to mend a failed block."""
    first, _, details = outcome.reason.partition("\n")
    parts = [f"{place_of(outcome)}: {first}", numbered_code(outcome)]
    if outcome.traceback:
        parts.append(short_traceback(outcome.traceback, outcome.snippet.path))
    if details:
        parts.append(details)
    elif outcome.stderr:
        parts.append(f"standard error:\n{_end(outcome.stderr)}")
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def numbered_code(outcome: Outcome) -> str:
    """The block's lines with their numbers on the page; `>` marks the one that failed."""
    snippet = outcome.snippet
    lines = list(enumerate(snippet.code.rstrip().split("\n"), snippet.line + 1))
    inside = snippet.line < outcome.line <= lines[-1][0]
    if inside:
        lines = [pair for pair in lines if abs(pair[0] - outcome.line) <= _AROUND]
    width = len(str(lines[-1][0]))
    return "\n".join(
        f"{'>' if inside and number == outcome.line else ' '} {number:{width}} | {line}".rstrip()
        for number, line in lines
    )


def short_traceback(text: str, path: str) -> str:
    """A traceback without what happens inside libraries, but for the last place."""
    shown: list[str] = []
    frames: list[list[str]] = []
    for line in text.splitlines():
        if _FRAME.match(line):
            frames.append([line])
        elif frames and line.startswith("    "):
            frames[-1].append(line)
        else:
            shown += _own_frames(frames, path)
            frames = []
            shown.append(line)
    return "\n".join(shown + _own_frames(frames, path))


def _own_frames(frames: Sequence[list[str]], path: str) -> list[str]:
    """The lines of those frames that are of the page, and of the last one."""
    shown: list[str] = []
    hidden = 0
    for number, frame in enumerate(frames, 1):
        match = _FRAME.match(frame[0])
        if number == len(frames) or (match and match["path"] == path):
            shown += [f"  [{hidden} more inside libraries]"] * bool(hidden) + frame
            hidden = 0
        else:
            hidden += 1
    return shown


def page_line(run: PageRun) -> str:
    """One line on one page: `episodes/x.md  4 passed, 1 skipped  1.2 s`."""
    counts = Counter(outcome.status for outcome in run.outcomes)
    told = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
    return f"{run.page.path}: {told} ({sum(outcome.seconds for outcome in run.outcomes):.1f} s)"


def block_line(outcome: Outcome) -> str:
    """One line on one block, for those who want to know everything."""
    snippet = outcome.snippet
    reason = outcome.reason.partition("\n")[0]
    notes = [reason] if reason else []
    if outcome.status == "passed" and outcome.stdout and not _has_output(snippet):
        notes.append("what it prints is not on the page")
    if outcome.warnings and not any(wanted.kind == "warning" for wanted in snippet.expectations):
        notes.append(f"it warns: {outcome.warnings.splitlines()[0]}")
    told = f": {'; '.join(notes)}" if notes else ""
    return f"  {snippet.path}:{snippet.line} {snippet.language} {outcome.status}{told}"


class Tally(NamedTuple):
    """What a block adds to the totals: its status, why it is skipped, how many fences and figures were checked."""

    status: str
    reason: str
    checked: int


def tally(outcome: Outcome) -> Tally:
    """The tally of one block."""
    ran = outcome.status in ("passed", "failed")
    checked = len(outcome.snippet.expectations) + bool(outcome.snippet.figure)
    return Tally(outcome.status, outcome.snippet.skip, checked if ran else 0)


def totals_line(blocks: Iterable[Tally]) -> str:
    """`N run, M skipped (reasons), K output fences checked`, and what failed or was not run."""
    blocks = list(blocks)
    by_status = Counter(block.status for block in blocks)
    reasons = Counter(block.reason for block in blocks if block.status == "skipped")
    checked = sum(block.checked for block in blocks)
    why = "; ".join(f"{count} × {reason}" if count > 1 else reason for reason, count in reasons.items())
    parts = [
        f"{by_status['passed'] + by_status['failed']} run",
        f"{by_status['skipped']} skipped" + (f" ({why})" if why else ""),
        f"{checked} output fence{'s' * (checked != 1)} checked",
    ]
    parts += [f"{by_status[status]} {status}" for status in ("failed", "not run") if by_status[status]]
    return ", ".join(parts)


def _has_output(snippet: Snippet) -> bool:
    return any(wanted.kind == "output" for wanted in snippet.expectations)


def _end(text: str) -> str:
    """The last lines of a text that may be long."""
    return "\n".join(text.rstrip().split("\n")[-20:])
