"""What a change to the lesson must pass: sources that are complete, and what they say of each other is true."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from spokeshave.bodies import Bodies
from spokeshave.checks.formats import as_text
from spokeshave.checks.run import check_lesson, judge
from spokeshave.lesson import Page
from spokeshave.markdown import Document, Node, parse, read_references
from spokeshave.output import OutputFolder
from spokeshave.reader import FOLDERS, read_lesson
from spokeshave.site import build_site

ROOT = Path(__file__).parents[2]
_READING = read_lesson(ROOT)
_LESSON = _READING.lesson
_REFERENCES = read_references(_LESSON.links)
_SINGLES = [page for page in (_LESSON.home, _LESSON.setup, _LESSON.instructor_notes) if page]
_GROUPS = (_LESSON.episodes, _LESSON.learners, _LESSON.instructors, _LESSON.profiles, _LESSON.others)
_PAGES = [*_SINGLES, *(page for group in _GROUPS for page in group)]
_UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|TBD|lorem ipsum)\b", re.IGNORECASE)
_PRINTED_HASH = re.compile(r"\b[0-9a-f]{64}\b")

every_page = pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.path)
every_episode = pytest.mark.parametrize("page", _LESSON.episodes, ids=lambda page: page.path)


def _document(page: Page) -> Document:
    return parse(page.text, page.first_line, _REFERENCES)


def _divs(page: Page, kind: str) -> Iterator[Node]:
    return (node for node in _document(page).walk() if node.kind == "div" and kind in node.classes)


def test_the_lesson_builds_without_a_warning(tmp_path: Path) -> None:
    bodies = Bodies()
    with OutputFolder(tmp_path / "docs") as output:
        build_site(_LESSON, output, bodies)
        output.finish()
    assert [str(warning) for warning in (*_READING.warnings, *bodies.warnings)] == []


def test_nothing_is_left_to_mend() -> None:
    """Neither errors nor warnings of `spokeshave check`; what is right as it is says so in a comment."""
    result = judge(*check_lesson(_READING), web=False)
    assert as_text(result) == ""


@pytest.mark.parametrize("folder", FOLDERS)
def test_lists_hold_exactly_the_files_that_there_are(folder: str) -> None:
    """No draft is left behind, and each list of config.yaml is written out."""
    config = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    assert sorted(config[folder]) == sorted(path.name for path in (ROOT / folder).glob("*.md"))


@every_page
def test_nothing_is_unfinished(page: Page) -> None:
    found = [
        f"{page.path}:{n}: {line}"
        for n, line in enumerate(page.text.split("\n"), 1)
        if _UNFINISHED.search(line)
    ]
    assert found == []


@every_episode
@pytest.mark.parametrize("kind", ["questions", "objectives", "keypoints"])
def test_episode_has(kind: str, page: Page) -> None:
    """Exactly one block of each, with a list in it."""
    blocks = list(_divs(page, kind))
    assert len(blocks) == 1
    assert [child.kind for child in blocks[0].children].count("bullet_list") == 1


@every_episode
def test_episode_has_minutes(page: Page) -> None:
    assert page.teaching is not None
    assert page.exercises is not None


@every_episode
def test_challenges_have_solutions(page: Page) -> None:
    """Whoever works alone can check an answer. (What only invites to talk is a `discussion`.)"""
    without = [
        f"{page.path}:{challenge.line}"
        for challenge in _divs(page, "challenge")
        if not any("solution" in node.classes for node in challenge.walk())
    ]
    assert without == []


@every_page
def test_images_have_alternatives(page: Page) -> None:
    """Each image says in `alt` what it shows; its caption is something else."""
    without = [
        f"{page.path}:{node.line}: {token.attrs.get('src')}"
        for node in _document(page).walk()
        for token in node.token.children or ()
        if token.type == "image" and "alt" not in token.attrs
    ]
    assert without == []


def test_checksum_on_the_setup_page_is_that_of_the_data() -> None:
    assert _LESSON.setup is not None
    content = (ROOT / "episodes/data/portal_rodents.csv").read_bytes()
    assert _PRINTED_HASH.findall(_LESSON.setup.text) == [hashlib.sha256(content).hexdigest()]
    assert f"{len(content):,}".replace(",", " ") in _LESSON.setup.text.replace("\u00a0", " ")


def _challenge_titles(page: Page) -> list[str]:
    headings = [
        [child for child in challenge.children if child.kind == "heading"][:1]
        for challenge in _divs(page, "challenge")
    ]
    return ["".join(node.token.content for found in heading for node in found.walk()) for heading in headings]


@every_episode
def test_minutes_of_exercises_are_those_of_the_challenges(page: Page) -> None:
    minutes = [re.search(r"\((\d+) minutes\)", title) for title in _challenge_titles(page)]
    assert None not in minutes
    assert sum(int(found[1]) for found in minutes if found) == page.exercises


def test_minutes_in_the_instructor_notes() -> None:
    """The table of the ways through the lesson has the minutes of the pages, and their sums."""
    assert _LESSON.instructor_notes is not None
    text = _LESSON.instructor_notes.text
    rows = re.findall(r"^\| \d+ \[.*\(\.\./(.+?)\) \| (\d+) \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    stated = {path: tuple(map(int, minutes)) for path, *minutes in rows}
    minutes = {page.path: (page.teaching or 0, page.exercises or 0) for page in _LESSON.episodes}
    assert stated == {path: (*both, sum(both)) for path, both in minutes.items()}
    del minutes["episodes/10-capstone.md"]
    teaching, exercises = (sum(column) for column in zip(*minutes.values(), strict=True))
    sums = (teaching, exercises, teaching + exercises)
    assert "| **1–9** | **{}** | **{}** | **{}** |".format(*sums) in text


def test_there_are_challenges_enough() -> None:
    """Three in each episode, but for the capstone, which is one long one and its review."""
    counts = {page.path: len(_challenge_titles(page)) for page in _LESSON.episodes}
    assert counts.pop("episodes/10-capstone.md") == 2
    assert min(counts.values()) >= 3
    assert sum(counts.values()) >= 30


@every_episode
def test_code_and_outputs_fit_the_column(page: Page) -> None:
    """So that nobody has to scroll sideways on a laptop; ruff does not format what stands on pages."""
    fences = (node for node in _document(page).walk() if node.kind == "fence")
    lines = [line for fence in fences for line in fence.token.content.splitlines()]
    assert [line for line in lines if len(line) > 85] == []
