"""How many blocks of each page are run and skipped: pinned in a file, so that silence is no success."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from spokeshave.problems import LessonError, Problem
from spokeshave.snippets.snippet import Page

Counts = dict[str, dict[str, int]]


def counts_of(pages: Iterable[Page]) -> Counts:
    """For each page how many of its blocks are run and how many are skipped."""
    counts: Counts = {}
    for page in pages:
        skipped = sum(bool(snippet.skip) for snippet in page.snippets)
        counts[page.path] = {"run": len(page.snippets) - skipped, "skipped": skipped}
    return counts


def check_counts(
    file: Path, pages: Iterable[Page], selected: frozenset[str] | None = None
) -> tuple[Problem, ...]:
    """Where `pages` differ from the YAML file `file`; only the pages named in `selected`, if it is given.

    Raises `LessonError` if the file cannot be read.
    """
    pinned, found = _read(file), counts_of(pages)
    paths = [path for path in dict.fromkeys((*pinned, *found)) if selected is None or path in selected]
    return tuple(
        Problem(
            str(file),
            0,
            f"{path} has {_told(found.get(path))}, but {_told(pinned.get(path))} are written here",
            f"If that is meant, {_line(path, found.get(path))}",
        )
        for path in paths
        if pinned.get(path) != found.get(path)
    )


def _read(file: Path) -> Counts:
    fix = "Write a line for each page, such as `episodes/one.md: {run: 2, skipped: 0}`"
    try:
        read = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise LessonError(Problem(str(file), 0, f"the counts cannot be read ({error})", fix)) from error
    if not isinstance(read, dict) or not all(_is_count(count) for count in read.values()):
        raise LessonError(Problem(str(file), 0, "these are no counts of pages", fix))
    return read


def _is_count(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"run", "skipped"}
        and all(isinstance(number, int) for number in value.values())
    )


def _told(count: dict[str, int] | None) -> str:
    return f"{count['run']} run and {count['skipped']} skipped" if count else "no blocks"


def _line(path: str, count: dict[str, int] | None) -> str:
    """What to do about the line of a page, so that it says `count`."""
    if count is None:
        return "remove its line"
    return f"write `{path}: {{run: {count['run']}, skipped: {count['skipped']}}}`"
