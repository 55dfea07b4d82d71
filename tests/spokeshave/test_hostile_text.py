"""Text that means harm or nothing: it must be read in time, without an error, without losing a word."""

from __future__ import annotations

import random
import time

import pytest

from spokeshave.markdown import parse
from tests.spokeshave.oracle import our_lesson_html

_SIZE = 50_000
_SECONDS = 3.0
"""Fifty kilobytes of the worst take about one second; a scan that is quadratic takes minutes."""
_RUNS = [
    *"[]*_$`\"'~^<!\\&@:",
    *("**a ", "*a **b ", "_a ", "\"a 'b ", '"*a ', "'\"*_a", "~~a ", "$a ", "$$a ", "\\(", "\\a{"),
    *("[a](b ", '[a](b "', '[a]{.b c="', '`a`{.b c="', "[a][", "[[a]", "[@a;", "`` a ", "***a* b** "),
    *("<a ", "<!--", "<a@", "a@b", "http://a(", "http://a.b ", ":a:", "\\begin{a}", "x^a ", "^[a "),
]
_PIECES = [
    *"*_`[](){}<>!\\$~^'\"-.:@&#|\n\n \tab1é。\u00a0\x00",
    *("**", "](", "\\begin{a}", "\\end{a}", "\\begin{equation}", "http://", "a@b", "[^a]", "^[", ":tada:"),
    *("{.a", "<!--", "-->", "<a ", "\n\n", "# "),
]


@pytest.mark.parametrize("run", _RUNS)
def test_no_run_of_signs_takes_long(run: str) -> None:
    started = time.process_time()
    parse("x " + run * (_SIZE // len(run)))
    assert time.process_time() - started < _SECONDS


@pytest.mark.parametrize("end", ["]", "](b)", "]{.b}", "*", '"'])
def test_deep_nesting_is_read(end: str) -> None:
    sign = "[" if end.startswith("]") else end
    parse("x " + f"{sign}a " * 10_000 + end * 10_000)


@pytest.mark.parametrize("seed", range(20))
def test_random_signs_raise_nothing(seed: int) -> None:
    chosen = random.Random(seed)
    for _ in range(50):
        our_lesson_html("".join(chosen.choices(_PIECES, k=chosen.randint(1, 60))))
