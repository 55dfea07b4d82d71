"""What HTML comments just above a code block say about running it.

    <!-- skip: needs an account on the real Hub -->
    <!-- figure: fig/weights.png -->
    <!-- tolerance: 1e-3 -->
    <!-- tolerance: any -->
    <!-- timeout: 120 -->
    <!-- home: shows where git keeps its settings -->

They may stand one below the other. Other comments mean nothing, unless they look like one of these
with a slip of the pen: a block that is not tested by accident is what they are there to prevent.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import PurePosixPath

from spokeshave.markdown import Node
from spokeshave.problems import Problem

_COMMENT = re.compile(r"<!--\s*([A-Za-z][A-Za-z_-]*)\s*(?:(:)(.*?))?\s*-->", re.DOTALL)
_LONGEST_TIMEOUT = 3600.0
_ANY = "any"
FORMS = {
    "skip": "<!-- skip: why it is not run -->",
    "figure": "<!-- figure: fig/name.png -->",
    "tolerance": "<!-- tolerance: 1e-3 -->",
    "timeout": "<!-- timeout: 120 -->",
    "home": "<!-- home: why it may write into the home folder -->",
}
"""Each directive as it is written."""


@dataclass(frozen=True, slots=True)
class Comment:
    """An HTML comment that begins with a word. `value` is `None` where no colon follows the word."""

    name: str
    value: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Directives:
    """What the comments above one block say; see `Snippet`. `timeout` is `None` if they say none."""

    skip: str
    figure: str
    tolerance: float
    timeout: float | None
    home: str


def read_comment(text: str, line: int) -> Comment | None:
    """The comment that `text` is, if it begins with a word as directives do."""
    match = _COMMENT.fullmatch(text.strip())
    if match is None:
        return None
    return Comment(match[1], " ".join(match[3].split()) if match[2] else None, line)


def comment_of(node: Node) -> Comment | None:
    """The same for a node of the tree."""
    return read_comment(node.token.content, node.line) if node.kind == "html_block" else None


def read_directives(comments: Sequence[Comment], path: str, problems: list[Problem]) -> Directives:
    """What `comments`, which stand above one block, say. Mistakes are added to `problems`."""
    reading = _Reading(path, problems)
    for comment in comments:
        reading.read(comment)
    values = reading.values
    return Directives(
        skip=values.get("skip", ""),
        figure=values.get("figure", ""),
        tolerance=float(values.get("tolerance", "1e-6").replace(_ANY, "inf")),
        timeout=float(values["timeout"]) if "timeout" in values else None,
        home=values.get("home", ""),
    )


def check_stray(comments: Sequence[Comment], path: str, problems: list[Problem]) -> None:
    """Add a problem for each of `comments` that is a directive: they do not stand above a block that runs."""
    problems += [
        Problem(
            path,
            comment.line,
            f"`{comment.name}` stands above no Python or shell block, so it does nothing",
            "Put it just above the opening fence, on lines of its own after a blank line, or remove it",
        )
        for comment in comments
        if comment.value is not None and _is_sound(comment.name, comment.value)
    ]


@dataclass(slots=True)
class _Reading:
    """Collects the directives of one block."""

    path: str
    problems: list[Problem]
    values: dict[str, str] = field(default_factory=dict)

    def read(self, comment: Comment) -> None:
        name, value = comment.name, comment.value
        if name not in FORMS:
            self._check_spelling(comment)
        elif name in self.values:
            self._problem(comment, f"`{name}` is said twice of one block", "Remove one of the two")
        elif value is None or not _is_sound(name, value):
            self._problem(comment, _mistake(name, value or ""), f"Write it like this: {FORMS[name]}")
        else:
            self.values[name] = value

    def _check_spelling(self, comment: Comment) -> None:
        meant = get_close_matches(comment.name.lower(), FORMS, n=1, cutoff=0.75)
        if meant and (comment.value is not None or comment.name.lower() in FORMS):
            self._problem(
                comment,
                f"`{comment.name}` means nothing here",
                f"If `{meant[0]}` is meant: {FORMS[meant[0]]}",
            )

    def _problem(self, comment: Comment, message: str, fix: str) -> None:
        self.problems.append(Problem(self.path, comment.line, message, fix))


def _is_sound(name: str, value: str) -> bool:
    """Whether `value` is one that the directive `name` can have."""
    if name in ("skip", "home"):
        return bool(value)
    if name == "figure":
        return " " not in value and value.endswith(".png") and not PurePosixPath(value).is_absolute()
    if name == "tolerance":
        return value == _ANY or 0 <= _number(value) < 1
    return name == "timeout" and 0 < _number(value) <= _LONGEST_TIMEOUT


def _number(text: str) -> float:
    """The number that `text` is; no number at all compares as false with everything."""
    try:
        return float(text)
    except ValueError:
        return math.nan


def _mistake(name: str, value: str) -> str:
    if not value:
        wanted = "a reason" if name in ("skip", "home") else "a value"
        return f"`{name}` comes without {wanted}"
    return {
        "figure": f"`{value}` is not the path of a PNG file from the page's folder",
        "tolerance": f"`{value}` is neither a number from 0 to 1 nor `any`",
        "timeout": f"`{value}` is not a number of seconds up to {_LONGEST_TIMEOUT:.0f}",
    }[name]
