"""Prompts in code: they are shown, but they are no part of the code, so nobody copies or selects them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spokeshave.blocks.highlight import highlight
from spokeshave.blocks.html import escape


@dataclass(frozen=True, slots=True)
class Prompts:
    """How a language asks for input, and how for more of it.

    `prints`: lines without a prompt are what the program printed, not what one types.
    """

    first: str
    more: str
    prints: bool


_SHELL = Prompts("$ ", "> ", prints=False)
_PYTHON = Prompts(">>> ", "... ", prints=True)
_PROMPTS = {"bash": _SHELL, "zsh": _SHELL, "tcsh": _SHELL, "python": _PYTHON}


def highlighted_lines(code: str, language: str) -> list[str]:
    """The lines of `code` as HTML. Where the first one begins with a prompt, prompts are marked as such."""
    prompts = _PROMPTS.get(language)
    if prompts is None or not code.lstrip("\n").startswith(prompts.first):
        return highlight(code, language)
    split = [_split(line, prompts) for line in code.split("\n")]
    lines = highlight("\n".join(rest for _, rest in split), language)
    return list(_marked(split, lines, prompts))


def _split(line: str, prompts: Prompts) -> tuple[str, str]:
    """A line's prompt, if it has one, and the rest of it. `>>>` alone is a prompt too."""
    for prompt in (prompts.first, prompts.more):
        if line.startswith(prompt) or line == prompt.rstrip():
            return line[: len(prompt)], line[len(prompt) :]
    return "", line


def _marked(split: list[tuple[str, str]], lines: list[str], prompts: Prompts) -> Iterator[str]:
    for (prompt, rest), line in zip(split, lines, strict=True):
        if prompt:
            yield f'<span class="prompt">{escape(prompt)}</span>{line}'
        elif prompts.prints:
            yield f'<span class="printed">{escape(rest)}</span>'
        else:
            yield line
