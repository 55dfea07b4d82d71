"""The checklists of The Carpentries Lab: what is ticked, with which evidence, and what is left to people."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from spokeshave.cli import main
from spokeshave.review.editor import EDITOR
from spokeshave.review.reviewer import REVIEWER
from tests.spokeshave.snippets.pages import PAGE, write_lesson

_EPISODE = """---
title: One
teaching: 10
exercises: 5
---

::: objectives
- Tell a seed from a stone.
:::

## Seeds

![A seed](fig/seed.png){alt='A seed.'} ![](fig/seed.png){alt=''}

::: challenge
Which is which?

:::: solution
This.
::::
:::
"""
_LESSON = {
    PAGE: _EPISODE,
    "index.md": "## Who this is for\n\nYou.\n\n## Objectives\n\n- Grow.\n\n::: prereq\nWater.\n:::\n",
    "episodes/data/seeds.csv": "1",
    "episodes/data/README.txt": "Text.",
    "episodes/fig/seed.png": "",
    "learners/setup.md": "Get a pot.",
    "learners/reference.md": "## Glossary\n\nseed\n:   What grows.\n",
    "profiles/ana.md": "Ana.",
    "README.md": "# Lesson\n\nMaintainers: Ana\n",
    "LICENSE.md": "---\ntitle: License\n---\n\nText: CC-BY 4.0\n",
    "CODE_OF_CONDUCT.md": "---\ntitle: C\n---\n\n[Ours][coc]\n",
    "links.md": "[coc]: https://docs.carpentries.org/policies/coc/\n",
}


def answers(root: Path, files: dict[str, str], whom: str = "both") -> dict[str, list[str]]:
    """The items that were printed, without what is behind their text, each with its evidence."""
    lesson = write_lesson(root, files)
    done = CliRunner().invoke(main, ["review", str(lesson), "--for", whom], catch_exceptions=False)
    assert done.exit_code == 0
    found: dict[str, list[str]] = {}
    for line in done.stdout.splitlines():
        if line.startswith("- ["):
            found[line] = evidence = []
        elif line.startswith("  - "):
            evidence.append(line.removeprefix("  - "))
    return found


def ticked(found: dict[str, list[str]]) -> dict[str, list[str]]:
    return {
        line.removeprefix("- [x] "): evidence for line, evidence in found.items() if line.startswith("- [x]")
    }


def test_editor(tmp_path: Path) -> None:
    """Everything that a program can see is ticked, and says where it was seen."""
    assert ticked(answers(tmp_path, _LESSON, "editor")) == {
        "Every figure is described: in its alternative text, or in the text around it. (seen)": [
            f"2 images, 1 of them marked as decoration; the first: `{PAGE}:13`"
        ],
        "Sections of a page begin with headings of level two. (seen)": ["4 headings on 7 pages"],
        "No heading skips a level. (seen)": ["4 headings on 7 pages"],
        "No page has a second heading of level one: the sources have none. (seen)": ["4 headings on 7 pages"],
        "Every exercise has a solution. (seen)": [f"1: `{PAGE}:15`"],
        "Learners try what they have learned at least every 10 to 15 minutes. (seen)": [f"1: `{PAGE}:15`"],
        "The lesson and each of its episodes have learning objectives. (seen)": [
            f"1: `{PAGE}:7`",
            "`index.md:5`: “Objectives”",
        ],
        "The license is CC-BY or CC0. (seen)": ["`LICENSE.md:5`: CC-BY"],
        "CODE_OF_CONDUCT.md links to the code of conduct of The Carpentries. (seen)": [
            "`CODE_OF_CONDUCT.md:5`: https://docs.carpentries.org/policies/coc/"
        ],
        "The maintainers are listed. (seen)": ["`README.md:3`: Maintainers:"],
        "Every episode says how many minutes it takes to teach it and to do its exercises. (seen)": [
            f"`{PAGE}:1`: 10 for teaching, 5 for exercises"
        ],
        "It is said what learners need to know beforehand. (seen)": ["`index.md:9`: `prereq`"],
        "It is said how to set up and install what is needed. (seen)": ["`learners/setup.md:1`"],
        "Key terms are explained in a glossary, or linked to one. (seen)": [
            "1 terms, from `learners/reference.md:3` on"
        ],
    }


def test_reviewer(tmp_path: Path) -> None:
    """Of what reviewers judge, a program sees two things."""
    assert list(ticked(answers(tmp_path, _LESSON, "reviewer"))) == [
        "There are few contractions (“don't”). (seen)",
        "It belittles nobody. (seen)",
    ]


def test_what_a_person_has_to_judge_says_where_to_look(tmp_path: Path) -> None:
    found = answers(tmp_path, _LESSON, "editor")
    judge = "(for a person to judge)"
    assert found[f"- [ ] The data sets are published under an open license: CC0 or the like. {judge}"] == [
        "`episodes/data/seeds.csv`"
    ]
    assert found[f"- [ ] It is said for whom the lesson is, specifically and in enough detail. {judge}"] == [
        "`index.md:1`: “Who this is for”",
        "`profiles/ana.md:1`",
    ]


def test_what_is_to_be_mended_says_where(tmp_path: Path) -> None:
    """A lesson that has next to nothing: what is true of so little is ticked, and no more."""
    text = "#### Simply\n\n# It's\n\n![](fig/a.png)\n\n::: challenge\nWhich?\n:::\n"
    found = answers(tmp_path, {PAGE: text})
    assert list(ticked(found)) == [
        "No heading skips a level. (seen)",
        "Learners try what they have learned at least every 10 to 15 minutes. (seen)",
    ]
    mend = {
        line.removeprefix("- [ ] ").removesuffix(" (**to be mended**)"): found[line]
        for line in found
        if "**" in line
    }
    assert mend["Sections of a page begin with headings of level two."] == [
        f"`{PAGE}:1:1`: the first heading of the page is of level 4"
    ]
    assert mend["No page has a second heading of level one: the sources have none."] == [
        f"`{PAGE}:3:1`: a page has one heading of level one: its title, from the front matter"
    ]
    assert mend["Every figure is described: in its alternative text, or in the text around it."] == [
        f"`{PAGE}:5:1`: the image fig/a.png has no alternative text"
    ]
    assert mend["Every exercise has a solution."] == [f"`{PAGE}:7:1`: this challenge has no solution"]
    assert mend["It belittles nobody."] == [
        f"`{PAGE}:1:6`: “Simply” makes light of what may be hard for a learner"
    ]
    assert mend["The license is CC-BY or CC0."] == ["no such license found"]
    assert mend["Key terms are explained in a glossary, or linked to one."] == ["no glossary found"]


def test_what_a_comment_allows_is_told(tmp_path: Path) -> None:
    allowed = "\n<!-- allow belittling-word: the title of a book -->\nSimply growing.\n"
    found = ticked(answers(tmp_path, {**_LESSON, PAGE: _EPISODE + allowed}))
    message = "“Simply” makes light of what may be hard for a learner"
    assert found["It belittles nobody. (seen)"] == [
        "7 pages",
        f"`{PAGE}:24:1`: {message}; the authors say: the title of a book",
    ]


def test_words_of_other_languages_are_for_people(tmp_path: Path) -> None:
    config = "title: Small\nsource: https://github.com/example-org/small\nlang: es\n"
    found = answers(tmp_path, {**_LESSON, "config.yaml": config}, "reviewer")
    assert "- [ ] It belittles nobody. (for a person to judge)" in found


@pytest.mark.parametrize(
    ("license_text", "is_open"),
    [("CC-BY 4.0", True), ("CC BY-SA 4.0", True), ("CC0", True), ("CC-BY-NC 4.0", False), ("MIT", False)],
)
def test_licenses(license_text: str, is_open: bool, tmp_path: Path) -> None:
    found = ticked(answers(tmp_path, {**_LESSON, "LICENSE.md": license_text}, "editor"))
    assert ("The license is CC-BY or CC0. (seen)" in found) == is_open


def test_every_item_is_printed_once(tmp_path: Path) -> None:
    found = answers(tmp_path, _LESSON)
    items = [item.text for section in (*EDITOR, *REVIEWER) for item in section.items]
    assert [re.sub(r"^- \[.\] | \([^()]*\)$", "", line) for line in found] == items


def test_a_lesson_that_cannot_be_read(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["review", str(tmp_path)], catch_exceptions=False)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("error: config.yaml: the lesson has no config.yaml.")


@pytest.mark.parametrize("target", ["../outside.md", ".env", "/dev/zero"])
@pytest.mark.parametrize("name", ["MAINTAINERS.md", "AUTHORS", "LICENSE.md"])
def test_links_are_no_evidence(name: str, target: str, tmp_path: Path) -> None:
    """Nothing of what is outside the lesson, or hidden in it, is printed; what has no end is not read."""
    secret = "Maintainers of the canary: under CC-BY"
    (tmp_path / "outside.md").write_text(secret)
    root = write_lesson(tmp_path / "lesson", {**_LESSON, ".env": secret})
    (root / name).unlink(missing_ok=True)
    (root / name).symlink_to(target)
    done = CliRunner().invoke(main, ["review", str(root)], catch_exceptions=False)
    assert done.exit_code == 0
    assert f"`{name}:" not in done.stdout
    assert "canary" not in done.output


def test_a_pipe_is_no_evidence(tmp_path: Path) -> None:
    root = write_lesson(tmp_path / "lesson", _LESSON)
    os.mkfifo(root / "AUTHORS")
    assert CliRunner().invoke(main, ["review", str(root)], catch_exceptions=False).exit_code == 0
