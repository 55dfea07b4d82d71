"""What the workflows run: it passes where all is there, and fails where it is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.workbench.compare import differences
from tests.workflows.changed_pages import changed
from tests.workflows.counts import main
from tests.workflows.newest import libraries
from tests.workflows.report_failure import TITLE, report
from tests.workflows.test_workflows import ROOT


def _write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder


def test_counts_of_tests(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "tests.xml"
    file.write_text('<testsuites><testsuite tests="5" skipped="2"/></testsuites>')
    main(["tests", str(file), "--at-least", "3"])
    assert capsys.readouterr().out == "3 tests ran\n"
    with pytest.raises(SystemExit, match=r"3 tests ran, but at least 4 should\.$"):
        main(["tests", str(file), "--at-least", "4"])


def test_counts_of_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lesson = _write(tmp_path, {"config.yaml": "episodes:\n- a.md\nlearners:\n- setup.md\n"})
    docs = {
        f"docs/{view}{slug}.html": "page" for view in ("", "instructor/") for slug in ("index", "aio", "a")
    }
    _write(lesson, docs)
    main(["pages", str(lesson), str(lesson / "docs")])
    assert capsys.readouterr().out == "6 pages, among them all 1 episodes\n"
    (lesson / "docs/instructor/a.html").write_text("")
    with pytest.raises(SystemExit, match=r"these pages are not there: instructor/a\.html\.$"):
        main(["pages", str(lesson), str(lesson / "docs")])


def test_counts_of_blocks(tmp_path: Path) -> None:
    block = {"line": 3, "status": "passed"}
    pages = [{"path": "a.md", "blocks": [block, block, {"line": 5, "status": "failed"}]}]
    pinned = {"tests/lesson/snippets.yaml": "a.md: {run: 2, skipped: 0}\n"}
    lesson = _write(tmp_path, {**pinned, "results.json": json.dumps({"pages": pages})})
    with pytest.raises(SystemExit, match=r"1 blocks of code passed, but 2 should\.$"):
        main(["snippets", str(lesson), str(lesson / "results.json")])


def test_the_newest_libraries_have_no_versions() -> None:
    found = libraries(ROOT / "pyproject.toml")
    assert {"huggingface-hub", "scikit-learn", "torch", "transformers"} <= set(found)
    assert [name for name in found if set(name) & set("<>=~ ")] == []


@pytest.mark.parametrize(("listed", "call"), [([], "create"), ([{"number": 7, "title": TITLE}], "comment 7")])
def test_one_issue(listed: list[object], call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in the place of `gh` writes down how it is called."""
    program = tmp_path / "gh"
    program.write_text(f"#!/bin/sh\necho \"$@\" >> {tmp_path}/calls\necho '{json.dumps(listed)}'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    report('{"links": {"result": "failure"}, "hub": {"result": "skipped"}}', "https://example.org/1")
    calls = (tmp_path / "calls").read_text().splitlines()
    assert len(calls) == 2
    assert calls[1].startswith(f"issue {call} ")
    assert calls[1].endswith("--body Failed: links. The run: https://example.org/1")


_PAGE = '<nav>{nav}</nav><main id="main-content"><div class="callout" id="{id}">{text}</div></main>'


def test_two_sites(tmp_path: Path) -> None:
    same = _PAGE.format(nav="A", id="x", text="same")
    _write(tmp_path / "one", {"a.html": _PAGE.format(nav="A", id="x", text="old word"), "b.html": same})
    _write(tmp_path / "two", {"a.html": _PAGE.format(nav="B", id="y", text="new word"), "c.html": same})
    one, two = tmp_path / "one", tmp_path / "two"
    assert differences(one, two) == [
        "- b.html: the whole page",
        "+ c.html: the whole page",
        "a.html: words - old",
        "a.html: words + new",
        "a.html: ids - x",
        "a.html: ids + y",
    ]
    assert differences(one, one) == []
    assert changed(one, two) == ["- `a.html` is different", "- `b.html` is gone", "- `c.html` is new"]
    with pytest.raises(SystemExit, match=r"there are no pages here"):
        differences(tmp_path / "nothing", two)
