"""Notebook magics: they run in no editor, no script and no plain Python prompt, so lessons do without."""

from __future__ import annotations

import ast
import re
import warnings

_MAGIC = re.compile(r"\s*(?:[\w, ]+=\s*)?(!{1,2}|%{1,2})(?=[A-Za-z.~/])([\w./~-]+)")
_HELP = re.compile(r"\s*(\?{1,2}[\w.]+|[\w.]+\?{1,2})\s*$")
_SHELL = "Put the command into a ```bash block of its own"
_ALTERNATIVES = {
    "bash": "Put the commands into a ```bash block",
    "cd": "Call os.chdir(…)",
    "conda": _SHELL,
    "env": "Set os.environ[…]",
    "matplotlib": "Remove the line: figures are shown without it",
    "pip": "Put `python -m pip install …` into a ```bash block",
    "pylab": "Import numpy and matplotlib.pyplot by name",
    "pwd": "Call os.getcwd()",
    "run": "Import what the file defines, or call it in a ```bash block",
    "sh": "Put the commands into a ```bash block",
    "time": "Take the difference of two calls of time.perf_counter()",
    "timeit": "Call timeit.timeit(…)",
    "writefile": "Write the file with pathlib.Path(…).write_text(…)",
}
"""What to write instead, by the magic's name."""


def find_magic(code: str) -> tuple[int, str, str] | None:
    """The first magic of `code`: its line (from zero), how it is written, and what to write instead.

    Only code that is no Python can hold one: `%name` may go on an expression of the line above.
    """
    if _is_python(code):
        return None
    for number, line in enumerate(code.split("\n")):
        match = _MAGIC.match(line)
        if match is not None:
            return number, match[1] + match[2], _alternative(match[1], match[2])
        if _HELP.match(line):
            return number, line.strip(), "Call help(…)"
    return None


def _is_python(code: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(code)
        except (SyntaxError, ValueError):
            return False
    return True


def _alternative(mark: str, name: str) -> str:
    if name in _ALTERNATIVES:
        return _ALTERNATIVES[name]
    return _SHELL if mark.startswith("!") else "Write it in plain Python"
