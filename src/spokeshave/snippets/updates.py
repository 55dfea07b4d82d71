"""Which fences of a block differ from what it did, and what should stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spokeshave.problems import Problem
from spokeshave.snippets.compare import judge
from spokeshave.snippets.matching import clean, matches
from spokeshave.snippets.snippet import Expectation, Outcome

_ERROR_LINE = re.compile(r"[A-Za-z_][\w.]*(?::|$)")


@dataclass(frozen=True, slots=True)
class Update:
    """A fence and the lines that should stand in it, without the fence's own indentation."""

    fence: Expectation
    lines: tuple[str, ...]


def promotable(outcome: Outcome, root: Path) -> bool:
    """Whether a block that failed ran to its end, so that what the page says of it is all that can be wrong."""
    again = judge(replace(outcome, status="passed"), root)
    return again.status == "failed" and outcome.reason.startswith(again.reason.split("\n")[0])


def updates(
    outcome: Outcome, root: Path, left: list[Problem], others: Sequence[Outcome] = ()
) -> Iterator[Update]:
    """The fences to write. One that matches is none of them; one that cannot be written is added to `left`.

    `others` are what the same block did with other tabs chosen.
    """
    for fence in outcome.snippet.expectations:
        if _agrees(outcome, fence, root):
            continue
        lines = _kept_where_equal(fence, _lines(outcome, fence), outcome.snippet.tolerance)
        text = "".join(f"{line}\n" for line in lines)
        if lines == [""]:
            problem = f"the block has nothing for this `{fence.kind}` block any more", "Remove it"
        elif not _agrees(outcome, new := replace(fence, text=text), root):
            problem = "what the block did cannot be written down as text", "Let it print less, or skip it"
        elif not all(_agrees(other, new, root) for other in others):
            problem = (
                "what the block does depends on the tab that is chosen",
                "Put it into the tabs, or `...` for what differs",
            )
        else:
            yield Update(fence, tuple(lines))
            continue
        left.append(Problem(outcome.snippet.path, fence.line, *problem))


def _agrees(outcome: Outcome, fence: Expectation, root: Path) -> bool:
    """Whether this one fence is what the block did."""
    snippet = replace(outcome.snippet, expectations=(fence,), figure="")
    return judge(replace(outcome, status="passed", snippet=snippet), root).status == "passed"


def _lines(outcome: Outcome, fence: Expectation) -> list[str]:
    """What should stand in the fence."""
    python = outcome.snippet.language == "python"
    if fence.kind == "output":
        return clean(outcome.stdout).split("\n")
    if fence.kind == "warning":
        return clean(outcome.warnings if python else outcome.stderr).split("\n")
    if not outcome.error:
        return [""]
    if not python:
        return [clean(outcome.stderr).split("\n")[-1] or outcome.error]
    return [*_above_error(fence), *clean(outcome.error).split("\n")]


def _above_error(fence: Expectation) -> list[str]:
    """The frames of a traceback that the page shows: they are not compared, and stay."""
    lines = fence.text.split("\n")
    names = [number for number, line in enumerate(lines) if _ERROR_LINE.match(line)]
    return lines[: names[-1]] if names else []


def _kept_where_equal(fence: Expectation, new: list[str], tolerance: float) -> list[str]:
    """The new lines; where there are as many as before, those that still match stay as the author has them."""
    old = fence.text.rstrip("\n").split("\n")
    if len(old) != len(new):
        return new
    return [then if matches(then, now, tolerance) else now for then, now in zip(old, new, strict=True)]
