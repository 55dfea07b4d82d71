"""What passes between collecting, running, comparing and reporting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["python", "shell"]
Kind = Literal["output", "error", "warning"]
Status = Literal["passed", "failed", "not run", "skipped"]


@dataclass(frozen=True, slots=True)
class Expectation:
    """An `output`, `error` or `warning` fence that follows a code block.

    Lines count from one and are those of the file: `line` is the opening fence, `first` and `last`
    are the content's (`last` is `first - 1` where it is empty). `indent` is what stands in front of
    every line of the fence (spaces in lists, `> ` in quotes).
    """

    kind: Kind
    text: str
    line: int
    first: int
    last: int
    indent: str = ""


@dataclass(frozen=True, slots=True)
class Snippet:
    """One code block that a page shows as Python or shell."""

    path: str
    """Of the page, relative to the lesson."""
    line: int
    """Of the opening fence, from one; the code begins one line below."""
    language: Language
    code: str
    skip: str = ""
    """Why it is not run; empty: it is run."""
    figure: str = ""
    """The figure that it must draw, relative to the page's folder; empty: none."""
    tolerance: float = 1e-6
    """How far a number may be from the printed one, relative to it; infinite: it may be any number."""
    timeout: float = 60.0
    """Seconds that it may take."""
    alternative: str = ""
    """The title of the tab that it stands in; empty: in none."""
    group: int = 0
    """Which group of tabs of the page that tab belongs to, from one; zero: none."""
    folded: bool = False
    """Whether it stands in a fold, which readers may leave closed: a solution, a hint, a spoiler."""
    home: str = ""
    """Why it may leave files in the home folder; empty: it may not."""
    expectations: tuple[Expectation, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The code of one page: one program, run from top to bottom."""

    path: str
    snippets: tuple[Snippet, ...]
    fingerprint: str
    """SHA-256 of the page's code and expectations, by which a record knows whether it still holds."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one block."""

    snippet: Snippet
    status: Status
    stdout: str = ""
    """What it printed, with the display of its last expression (text/plain) at the end."""
    stderr: str = ""
    warnings: str = ""
    error: str = ""
    """The last line of a Python traceback (`NameError: …`), or the exit code of a shell block."""
    traceback: str = ""
    """The traceback, with the lines of the Markdown file."""
    figures: tuple[bytes, ...] = ()
    """PNG images of the figures that were open after the block."""
    seconds: float = 0.0
    reason: str = ""
    """Why it failed, was not run or was skipped, in words for the author; empty if it passed."""
    line: int = 0
    """Where on the page it failed: a line of the code, or a fence that does not match. Zero: as a whole."""
