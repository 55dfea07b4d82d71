"""The index as a part of a site: made once, kept while it would be the same, left out where Pagefind does not work."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from spokeshave.bodies import Bodies
from spokeshave.output import OutputFolder
from spokeshave.reader import read_lesson
from spokeshave.search.pagefind import index_files
from spokeshave.search.record import Record
from spokeshave.site import build_site
from tests.spokeshave.sites import build, copy_lesson, snapshot

_INDEX = "pagefind/"
_EPISODE = "episodes/02-second.md"
_NO_PAGEFIND = "import sys; sys.modules['pagefind_bin'] = None; from spokeshave.cli import main; main()"
_BROKEN_PAGEFIND = """
import pagefind_bin
pagefind_bin.get_executable = lambda: {program!r}
from spokeshave.cli import main
main()
"""


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    return copy_lesson("tiny", tmp_path / "lesson")


def _index(site: Path) -> dict[str, bytes]:
    return {path: content for path, content in snapshot(site).items() if path.startswith(_INDEX)}


def _edit(lesson: Path) -> None:
    with (lesson / _EPISODE).open("a", encoding="utf-8") as file:
        file.write("\nA new word: quagga.\n")


def _spokeshave(program: str, lesson: Path) -> subprocess.CompletedProcess[str]:
    """The command, run by a Python program that changes something before."""
    command = [sys.executable, "-c", program, "build", str(lesson)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_index_is_a_part_of_the_site(lesson: Path, tmp_path: Path) -> None:
    build(lesson, tmp_path / "docs")
    files = _index(tmp_path / "docs")
    assert {"pagefind/pagefind.js", "pagefind/pagefind-worker.js", "pagefind/indexed.txt"} < set(files)
    assert json.loads(files["pagefind/pagefind-entry.json"])["languages"].keys() == {"en"}
    assert not [path for path in files if "ui" in path]
    assert _INDEX not in (tmp_path / "docs/sitemap.xml").read_text()
    assert "data-script" in (tmp_path / "docs/index.html").read_text()


def test_an_index_of_the_same_is_kept(lesson: Path, tmp_path: Path) -> None:
    """What is searched is the same though a page's author is another: nothing is indexed again."""
    build(lesson, tmp_path / "docs")
    kept = tmp_path / "docs/pagefind/pagefind-entry.json"
    kept.write_bytes(kept.read_bytes() + b" ")  # a mark, which an index that is made again would not have
    with (lesson / "config.yaml").open("a", encoding="utf-8") as file:
        file.write("\ncontact: 'other@example.org'\n")
    before = _index(tmp_path / "docs")
    build(lesson, tmp_path / "docs")
    assert _index(tmp_path / "docs") == before
    _edit(lesson)
    build(lesson, tmp_path / "docs")
    after = _index(tmp_path / "docs")
    assert not after["pagefind/pagefind-entry.json"].endswith(b" ")
    assert after["pagefind/indexed.txt"] != before["pagefind/indexed.txt"]


def test_a_build_may_leave_search_out(lesson: Path, tmp_path: Path) -> None:
    with OutputFolder(tmp_path / "docs") as output:
        build_site(read_lesson(lesson).lesson, output, Bodies())
        output.finish()
    assert _index(tmp_path / "docs") == {}
    assert 'id="search-button" href="aio.html">' in (tmp_path / "docs/index.html").read_text()


def test_without_pagefind_the_site_is_built(lesson: Path) -> None:
    done = _spokeshave(_NO_PAGEFIND, lesson)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("warning: search: ") == 1
    assert "warning: search: Pagefind is not installed" in done.stderr
    assert "pip install pagefind-bin" in done.stderr
    assert _index(lesson / "site/docs") == {}
    assert 'id="search-button" href="aio.html">' in (lesson / "site/docs/index.html").read_text()


@pytest.mark.parametrize(
    "program",
    ["exit 1", "cat", "printf e30=,"],
)
def test_where_pagefind_fails_the_site_is_built(program: str, lesson: Path, tmp_path: Path) -> None:
    """It ends at once, answers with what it was asked, or with what is no answer."""
    script = tmp_path / "pagefind"
    script.write_text(f"#!/bin/sh\n{program}\n")
    script.chmod(0o755)
    done = _spokeshave(_BROKEN_PAGEFIND.format(program=str(script)), lesson)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("warning: search: ") == 1
    assert _index(lesson / "site/docs") == {}
    assert (lesson / "site/docs/aio.html").is_file()
    assert list((lesson / "site/docs/assets").glob("search.*")) == []


def test_an_index_is_the_same_on_every_run() -> None:
    records = [Record(f"a.html#{n}", "A", f"Part {n}", "", "", f"Text number {n}.") for n in range(50)]
    assert index_files(records, "fr") == index_files(records, "fr")
