"""Which files a `.gitignore` leaves out, as https://git-scm.com/docs/gitignore describes it.

Dulwich has this, too, with regular expressions that take hours for `**/a/**/a/**/b`; here whoever may upload chooses
the patterns. So a path is matched part by part, and within a part by `fnmatch`, which never tries a sign twice over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from practice_hub.errors import bad_request

MOST_PATTERNS = 1_000
_ANY_FOLDERS = "**"
_TRAILING_BLANKS = re.compile(r"(?<!\\) +\Z")
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line. `parts` are those between slashes, for `fnmatch`; `**` stands for any number of folders."""

    parts: tuple[str, ...]
    ignores: bool
    folders_only: bool


def read_patterns(text: str) -> tuple[Pattern, ...]:
    """The patterns of a `.gitignore`. Raises HubError (400) if there are more than `MOST_PATTERNS`."""
    found = tuple(pattern for line in text.split("\n") if (pattern := _pattern(line)) is not None)
    if len(found) > MOST_PATTERNS:
        raise bad_request(f"This Hub reads up to {MOST_PATTERNS} patterns of a .gitignore.")
    return found


def is_ignored(path: str, patterns: Sequence[Pattern]) -> bool:
    """Whether the file `path` is left out: it is, or a folder around it, by the last pattern that fits."""
    names = path.split("/")
    counts = range(1, len(names) + 1)
    return any(_decision(names[:count], patterns, is_folder=count < len(names)) for count in counts)


def _decision(names: Sequence[str], patterns: Sequence[Pattern], *, is_folder: bool) -> bool:
    for pattern in reversed(patterns):
        if (is_folder or not pattern.folders_only) and _fits(pattern.parts, names):
            return pattern.ignores
    return False


def _fits(parts: Sequence[str], names: Sequence[str]) -> bool:
    """`places`: how many names the parts so far may have taken."""
    places: Iterable[int] = (0,)
    for number, part in enumerate(parts):
        if part == _ANY_FOLDERS:
            first = min(places, default=len(names) + 1)
            places = range(first + (number == len(parts) - 1), len(names) + 1)  # `a/**` is what is in `a`
        else:
            places = [at + 1 for at in places if at < len(names) and fnmatchcase(names[at], part)]
    return len(names) in places


def _pattern(line: str) -> Pattern | None:
    text = _TRAILING_BLANKS.sub("", line.removesuffix("\r"))
    if text.startswith("#"):
        return None
    ignores = not text.startswith("!")
    text = text.removeprefix("!")
    folders_only = text.endswith("/")
    text = text.removesuffix("/")
    if not text or text.endswith("/"):
        return None
    parts = tuple(map(_part, text.removeprefix("/").split("/")))
    if "/" not in text:
        parts = (_ANY_FOLDERS, "*" if text == _ANY_FOLDERS else parts[0])
    return Pattern(parts, ignores, folders_only)


def _part(text: str) -> str:
    """What `fnmatch` reads as git reads `text`: it knows no backslash, and `[^a]` as `[!a]`."""
    plain = _ESCAPED.sub(lambda found: f"[{found[1]}]" if found[1] in "*?[" else found[1], text)
    return plain.replace("[^", "[!")
