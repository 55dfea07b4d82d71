"""The record of a run, and what pages say because of it: only what still holds."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from spokeshave.cli import main
from spokeshave.problems import LessonError
from spokeshave.snippets.record import default_place, known_runs, read_record, write_record
from spokeshave.theme import LANGUAGES
from tests.spokeshave.sites import snapshot
from tests.spokeshave.snippets.small_lesson import EPISODE, HEAD, make_lesson, read, run_by_hand

TWO = b"Text.\n\n```python\nprint(1)\n```\n\n```output\n1\n```\n\n```bash\nls\n```\n"
PASSED: list[dict[str, object]] = [{"stdout": "1\n"}, {}]


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1796000000")
        yield
    time.tzset()


def _footer(root: Path, page: str = "one.html") -> str:
    """What the built page says of its code; empty if nothing."""
    done = CliRunner().invoke(main, ["build", str(root), "--to", str(root / "out")])
    assert done.exit_code == 0, done.output
    found = BeautifulSoup((root / "out" / page).read_text(encoding="utf-8"), "html5lib").select(
        ".snippets-record"
    )
    return " ".join(found[0].get_text().split()) if found else ""


def _recorded(root: Path, results: list[dict[str, object]]) -> Path:
    write_record(run_by_hand(read(root), results), default_place(root))
    return root


def test_record_is_the_same_for_the_same_run(tmp_path: Path) -> None:
    root = make_lesson(tmp_path, TWO)
    place = default_place(_recorded(root, PASSED))
    first = place.read_bytes()
    _recorded(root, PASSED)
    assert place.read_bytes() == first
    content = json.loads(first)
    assert content["date"] == "2026-11-30"
    (page,) = content["pages"].values()
    assert re.fullmatch("[0-9a-f]{64}", page.pop("fingerprint"))
    assert page == {
        "run": 2,
        "skipped": 0,
        "passed": 2,
        "versions": {"Python": "3.13.1", "numpy": "2.4.6"},
    }


def test_record_is_text_for_people_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Indented, and with the day in UTC wherever the machine is."""
    monkeypatch.setenv("TZ", "XXX+12")
    time.tzset()
    root = make_lesson(tmp_path, TWO)
    (run,) = run_by_hand(read(root), PASSED)
    place = root / "site/snippets.json"
    assert default_place(root) == place
    write_record([replace(run, versions={"Python": "3.13.1", "größe": "1"})], place)
    fingerprint = run.page.fingerprint
    assert (
        place.read_text(encoding="utf-8")
        == f"""{{
  "format": 1,
  "date": "2026-11-30",
  "pages": {{
    "episodes/one.md": {{
      "fingerprint": "{fingerprint}",
      "run": 2,
      "skipped": 0,
      "passed": 2,
      "versions": {{
        "Python": "3.13.1",
        "größe": "1"
      }}
    }}
  }}
}}
"""
    )


def test_footer_says_what_ran(tmp_path: Path) -> None:
    root = _recorded(make_lesson(tmp_path, TWO), PASSED)
    expected = "The 2 code blocks on this page ran on 2026-11-30 with Python 3.13.1, numpy 2.4.6. Source."
    assert _footer(root) == expected
    assert _footer(root, "instructor/one.html") == expected
    assert 'href="https://github.com/example-org/small/blob/main/episodes/one.md">Source' in (
        root / "out/one.html"
    ).read_text(encoding="utf-8")


def test_footer_links_the_test(tmp_path: Path) -> None:
    root = _recorded(make_lesson(tmp_path, TWO), PASSED)
    (root / "tests/lesson").mkdir(parents=True)
    (root / "tests/lesson/snippets.yaml").touch()
    assert _footer(root).endswith("See the test.")
    assert "blob/main/tests/lesson/snippets.yaml" in (root / "out/one.html").read_text(encoding="utf-8")


def test_footer_tells_of_blocks_that_are_not_run(tmp_path: Path) -> None:
    root = make_lesson(tmp_path, TWO.replace(b"```bash", b"<!-- skip: no shell -->\n\n```bash"))
    assert _footer(_recorded(root, PASSED)).startswith(
        "1 of the 2 code blocks on this page ran on 2026-11-30 with"
    )


def test_footer_of_one_block(tmp_path: Path) -> None:
    root = make_lesson(tmp_path, b"```python\n1\n```\n")
    assert _footer(_recorded(root, [{}])).startswith("The code block on this page ran on 2026-11-30 with")


@pytest.mark.parametrize("language", LANGUAGES)
def test_footer_in_every_language(language: str, tmp_path: Path) -> None:
    footer = _footer(_recorded(make_lesson(tmp_path, TWO, language=language), PASSED))
    assert "2026-11-30" in footer
    assert "Python 3.13.1, numpy 2.4.6" in footer
    assert "{" not in footer


@pytest.mark.parametrize(
    ("new", "claims"),
    [
        (TWO.replace(b"Text.", b"Other text.\n\nAnd more."), True),
        (TWO.replace(b"print(1)", b"print(2)"), False),
        (TWO.replace(b"```output\n1", b"```output\n2"), False),
        (TWO.replace(b"```bash", b"<!-- skip: no -->\n\n```bash"), False),
        (b"```python\n```\n\n" + TWO, False),
        (b"Text.\n", False),
    ],
    ids=["text", "code", "output", "directive", "new block", "no code"],
)
def test_nothing_is_claimed_of_changed_code(new: bytes, claims: bool, tmp_path: Path) -> None:
    root = _recorded(make_lesson(tmp_path, TWO), PASSED)
    (root / EPISODE).write_bytes(HEAD + new)
    assert bool(_footer(root)) == claims


@pytest.mark.parametrize(
    "results",
    [[{"stdout": "2\n"}, {}], [{"stdout": "1\n"}, {"status": "not run"}]],
    ids=["failed", "not run"],
)
def test_nothing_is_claimed_of_a_run_that_failed(results: list[dict[str, object]], tmp_path: Path) -> None:
    assert _footer(_recorded(make_lesson(tmp_path, TWO), results)) == ""


def test_nothing_is_claimed_if_all_is_skipped(tmp_path: Path) -> None:
    root = make_lesson(tmp_path, b"<!-- skip: no -->\n\n```python\n1\n```\n")
    assert _footer(_recorded(root, [{}])) == ""


def test_site_without_a_record_is_the_same_as_with_one_that_does_not_match(tmp_path: Path) -> None:
    root = make_lesson(tmp_path, TWO)
    assert _footer(root) == ""
    without = snapshot(root / "out")
    assert b"snippets-record" not in without["one.html"]
    _recorded(root, [{"stdout": "2\n"}, {}])
    assert _footer(root) == ""
    assert snapshot(root / "out") == without


def test_record_of_another_place(tmp_path: Path) -> None:
    root = make_lesson(tmp_path / "lesson", TWO)
    place = tmp_path / "elsewhere.json"
    write_record(run_by_hand(read(root), PASSED), place)
    assert known_runs(read(root), None) == {}
    assert list(known_runs(read(root), place)) == [EPISODE]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"date": "today", "pages": {}}', '{"date": "2026-11-30", "pages": 1}']
)
def test_what_is_no_record_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "snippets.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LessonError) as caught:
        read_record(file)
    mend = "Make it with `spokeshave snippets --record`, or remove it."
    assert str(caught.value).startswith(f"{file}: this is no record of a run of code blocks (")
    assert str(caught.value).endswith(f"). {mend}")
