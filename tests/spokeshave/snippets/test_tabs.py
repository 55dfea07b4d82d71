"""Which blocks are one program: those of the tabs that a learner chooses, and those outside of tabs."""

from __future__ import annotations

import pytest

from spokeshave.snippets.snippet import Snippet
from spokeshave.snippets.tabs import choices, program


def block(code: str, alternative: str = "", group: int = 0, skip: str = "") -> Snippet:
    return Snippet("one.md", 1, "python", code, alternative=alternative, group=group, skip=skip)


PAGE = (
    block("before"),
    block("not run", skip="why"),
    block("a1", "A", 1),
    block("b1", "B", 1),
    block("c1", "C", 1, skip="why"),
    block("between"),
    block("b2", "B", 2),
    block("d2", "D", 2),
    block("d2 again", "D", 2),
)


def test_choices() -> None:
    assert choices(PAGE) == ("A", "B", "D")
    assert choices((block("before"), block("c1", "C", 1, skip="why"))) == ("",)
    assert choices(()) == ("",)


@pytest.mark.parametrize(
    ("choice", "codes"),
    [
        ("A", "before, a1, between, b2"),
        ("B", "before, b1, between, b2"),
        ("D", "before, a1, between, d2, d2 again"),
    ],
)
def test_program(choice: str, codes: str) -> None:
    """The first tab of a group stands for a choice that the group does not have."""
    assert ", ".join(snippet.code for snippet in program(PAGE, choice)) == codes


def test_no_tabs() -> None:
    assert [snippet.code for snippet in program(PAGE[:2], "")] == ["before"]
