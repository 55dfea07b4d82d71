"""What a block did against what the page says that it does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from spokeshave.snippets.figures import figure_difference
from spokeshave.snippets.matching import clean, difference, matches
from spokeshave.snippets.snippet import Expectation, Kind, Outcome


def judge(outcome: Outcome, lesson: Path) -> Outcome:
    """The outcome, failed where the page in the folder `lesson` says something else.

    A block without an `output` fence may print what it likes, and warn. The reason is one line; a
    difference follows it after a line break.
    """
    if outcome.status != "passed":
        return outcome
    for wanted in outcome.snippet.expectations:
        reason = _CHECKS[wanted.kind](wanted, outcome)
        if reason:
            return replace(outcome, status="failed", reason=reason, line=wanted.line)
    if outcome.snippet.figure:
        folder = PurePosixPath(outcome.snippet.path).parent
        reason = figure_difference(outcome.figures, lesson / folder / outcome.snippet.figure)
        if reason:
            reason = f"{outcome.snippet.figure}: {reason}"
            return replace(outcome, status="failed", reason=reason, line=outcome.snippet.line)
    return outcome


def _check_output(wanted: Expectation, outcome: Outcome) -> str:
    tolerance = outcome.snippet.tolerance
    if matches(wanted.text, outcome.stdout, tolerance):
        return ""
    shown = difference(wanted.text, outcome.stdout, tolerance, name="output")
    return f"it printed something else than the page says\n{shown}"


def _check_error(wanted: Expectation, outcome: Outcome) -> str:
    if not outcome.error:
        return "the page says that it fails, but it did not"
    printed = outcome.error
    if outcome.snippet.language == "shell":
        printed = clean(outcome.stderr).split("\n")[-1]
    expected = _last_part(wanted.text, printed)
    tolerance = outcome.snippet.tolerance
    pairs = ((wanted.text, printed), (expected, _short_name(printed)), (wanted.text, outcome.error))
    if any(matches(text, said, tolerance) for text, said in pairs):
        return ""
    shown = difference(expected, _short_name(printed), tolerance, name="error")
    return f"it failed in another way than the page says\n{shown}"


def _check_warning(wanted: Expectation, outcome: Outcome) -> str:
    """The text must occur in what was warned of."""
    given = outcome.warnings if outcome.snippet.language == "python" else outcome.stderr
    if not given.strip():
        return "the page says that it warns, but it did not"
    if matches(f"...{clean(wanted.text).strip()}...", given, outcome.snippet.tolerance):
        return ""
    shown = difference(wanted.text, given, outcome.snippet.tolerance, name="warning")
    return f"it gave another warning than the page says\n{shown}"


_CHECKS: dict[Kind, Callable[[Expectation, Outcome], str]] = {
    "output": _check_output,
    "error": _check_error,
    "warning": _check_warning,
}


def _last_part(fence: str, printed: str) -> str:
    """The end of an expected traceback, from the line with the exception's name on; else its last line.

    Messages have any number of lines; what stands above them changes with every library.
    """
    lines = clean(fence).split("\n")
    name = _short_name(printed).partition(":")[0]
    for number in range(len(lines) - 1, -1, -1):
        if _short_name(lines[number]).partition(":")[0] == name:
            return _short_name("\n".join(lines[number:]))
    return _short_name(lines[-1])


def _short_name(error: str) -> str:
    """`json.decoder.JSONDecodeError: …` as notebooks have it: without the module."""
    return re.sub(r"\A(?:\w+\.)+(?=\w+(?::|\Z))", "", error)
