"""Whatever stands on a page, checks say something sound about it: a place that there is, a rule that there is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from spokeshave.checks.formats import FORMATS
from spokeshave.checks.rules import RULES
from spokeshave.checks.run import CheckResult, check_lesson, judge
from spokeshave.reader import read_lesson
from tests.spokeshave.snippets.pages import write_lesson
from tests.spokeshave.test_cases import CASES

_PIECES = [
    *("## ", "#", "[a](b)", "[a](#b)", "![a](b)", "[](", "<a href='x'>", "<img src=a>", "<div>", "</div>"),
    *("::: ", ":::", "calllout", "challenge", "\n", "\n\n", "simply ", "it's ", "“", "”", "'", "é", "x"),
    *("<!-- allow ", "contraction", ": why", " -->", "```\n", "~~~", "- ", "> ", "|", "---\n", "<<<<<<< a\n"),
    *("[a]: b\n", "[^a]", "hf_", "[a][b]", "http://", "http://[", "//", "%", "{#a}", "{alt=", "a\n: b\n"),
]


def sound(root: Path) -> CheckResult:
    """The result for the lesson in `root`, each of whose findings has a place and can be told."""
    reading = read_lesson(root)
    lines = {page.path: page.text.split("\n") for page in reading.lesson.pages}
    result = judge(*check_lesson(reading), web=False)
    for found in (*result.findings, *(one.finding for one in result.allowed)):
        assert found.rule in RULES
        assert found.message
        assert found.fix
        if found.path in lines and found.line:
            assert 1 <= found.line <= len(lines[found.path])
            assert 1 <= found.column <= len(lines[found.path][found.line - 1]) + 1
    for tell in FORMATS.values():
        tell(result)
    return result


@pytest.mark.parametrize("path", sorted(CASES.rglob("*.md")), ids=lambda path: path.stem)
def test_every_case_of_the_dialect(path: Path, tmp_path: Path) -> None:
    pages = {f"episodes/{line:05}.md": f"\n{given}" for line, _, given, _ in read_fixture_file(path)}
    sound(write_lesson(tmp_path, pages))


@pytest.mark.parametrize("seed", range(4))
def test_random_pieces(seed: int, tmp_path: Path) -> None:
    chosen = random.Random(seed)
    pages = {
        f"episodes/{number:03}.md": "\n" + "".join(chosen.choices(_PIECES, k=chosen.randint(1, 80)))
        for number in range(60)
    }
    pages["learners/reference.md"] = "a\n: b\n\n<!-- allow unused-term: none -->\n*b* c\n: d\n"
    assert sound(write_lesson(tmp_path, pages)).findings
