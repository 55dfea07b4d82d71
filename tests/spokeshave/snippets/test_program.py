"""Blocks of Python in one namespace, in this process: `cases/program.yaml`. In real ones: `cases/run.yaml`."""

from __future__ import annotations

import linecache
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest

from spokeshave.snippets.program import Failure, Program
from tests.spokeshave.snippets.pages import PAGE, cases


@pytest.fixture(autouse=True)
def _own_program() -> Iterator[None]:
    """pytest's own main program, its warnings and what is known of the page's lines come back after the test."""
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("default")
        patch.setitem(sys.modules, "__main__", sys.modules["__main__"])
        yield
    linecache.cache.pop(PAGE, None)


@pytest.mark.parametrize("case", cases("program"), ids=lambda case: case["name"])
def test_program(case: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    """`blocks` are (line of the fence, code, what is seen of it). What is not named is empty."""
    program = Program(PAGE)
    program.start([(line, code) for line, code, _ in case["blocks"]])
    for line, code, wanted in case["blocks"]:
        failure = program.run(line, code)
        seen = {"prints": capsys.readouterr().out, "warns": program.warnings, **asdict(failure or Failure())}
        trace = re.sub(r"^ +[~^]+\n", "", seen.pop("traceback"), flags=re.MULTILINE)
        assert trace.endswith(wanted.get("traceback", ""))
        others = {name: value for name, value in wanted.items() if name != "traceback"}
        assert {name: value for name, value in seen.items() if value} == others
        assert (failure is None) == ("error" not in wanted)
        assert (failure is None) == (trace == "")


def test_only_the_page_is_looked_up() -> None:
    """Python's own lines of a traceback, and pickle and inspect, find the page's code and its main program."""
    program = Program(PAGE)
    program.start([(2, "def f():\n    return g()\n"), (7, "def g():\n    return 1")])
    assert linecache.getlines(PAGE) == [
        *("\n", "\n", "def f():\n", "    return g()\n", "\n", "\n", "\n"),
        *("def g():\n", "    return 1"),
    ]
    linecache.checkcache(PAGE)
    assert linecache.getline(PAGE, 8) == "def g():\n"
    program.run(2, "def f():\n    return g()\n")
    assert sys.modules["__main__"].__dict__["f"].__module__ == "__main__"


def test_code_that_cannot_be_read_is_in_no_line() -> None:
    program = Program(PAGE)
    program.start([(1, "1\0")])
    failure = program.run(1, "1\0")
    assert failure
    assert failure.error.endswith("source code string cannot contain null bytes")
    assert failure.line == 0


def test_a_traceback_begins_on_the_page() -> None:
    """Not in what runs it."""
    program = Program(PAGE)
    program.start([(1, "no")])
    failure = program.run(1, "no")
    assert failure
    head, place, *_ = failure.traceback.splitlines()
    assert (head, place) == ("Traceback (most recent call last):", f'  File "{PAGE}", line 2, in <module>')
