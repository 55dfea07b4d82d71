"""The instructor view: all that learners see, and the minutes of each section (`running_clock.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from spokeshave.blocks import KINDS
from spokeshave.blocks.page import render_body
from spokeshave.lesson import Page
from spokeshave.markdown import parse
from spokeshave.pages.running_clock import with_clocks
from spokeshave.theme import words
from tests.spokeshave.sites import OURS, Site

Sites = Callable[[str], Site]

_CASES = yaml.safe_load(Path(__file__).with_name("running_clock.yaml").read_text(encoding="utf-8"))
_TITLES = {"Summary and Setup", "Resumen y configuración"}
"""The title of the home page, which says that instructors have the schedule there."""
_NOTHING = ("no_notes", "no_images", "no_key_points")
_ELSEWHERE = {words(language)[key] for language in ("en", "es") for key in _NOTHING}
"""What learners read in place of notes, and of what is only in notes."""


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["name"])
def test_minutes_of_sections(case: dict[str, Any]) -> None:
    body = render_body(parse(case["text"]), kinds=KINDS, words=words("en"))
    minutes = {"teaching": case["teaching"], "exercises": case["exercises"]}
    page = Page("episodes/a.md", "episodes", "a", "A", case["text"], 0, **minutes)
    assert re.findall(r"Minutes (\S+)</p>", with_clocks(page, body, words("en"))) == case["sections"]


def test_clocks_are_in_instructors_episodes_alone(site: Sites) -> None:
    """Below the heading of each section, to the last minute of the episode, with the rule they follow."""
    built = site(OURS)
    page = built.page("instructor/07-shift.html")
    clocks = [
        clock.get_text(strip=True) for clock in page.select("h2.section-heading + hr + p.running-clock")
    ]
    assert len(clocks) == len(page.select("h2.section-heading"))
    assert clocks[-1].endswith("–52")
    assert words("en")["section_minutes_rule"] in built.text("instructor/07-shift.html")
    with_clock = {path for path in built.pages if "running-clock" in built.text(path)}
    assert with_clock == {path for path in built.pages if re.match(r"instructor/\d\d-", path)}


def _missing_texts(few: Iterator[str], many: Iterator[str]) -> list[str]:
    """What of `few` does not come, in this order, in `many`."""
    return [text for text in few if text not in many]


def _main(page: BeautifulSoup) -> Tag:
    found = page.select_one("main")
    assert found
    return found


def _texts(page: BeautifulSoup) -> Iterator[str]:
    return (text for text in _main(page).stripped_strings if text not in _TITLES | _ELSEWHERE)


@pytest.mark.parametrize("name", [OURS, "everything", "spanish", "overview"])
def test_instructors_see_all_that_learners_see(name: str, site: Sites) -> None:
    """Every page of learners is in the instructor view too, with all of its text in order, ids and images."""
    built = site(name)
    learners = [path for path in built.pages if not path.startswith("instructor/")]
    assert len(learners) >= 5
    missing = []
    for path in learners:
        ours, theirs = built.page(path), built.page(f"instructor/{path}")
        missing += [(path, text) for text in _missing_texts(_texts(ours), _texts(theirs))]
        ids = [{str(tag["id"]) for tag in _main(page).select("[id]")} for page in (ours, theirs)]
        missing += [(path, f"#{identifier}") for identifier in ids[0] - ids[1]]
        images = [len(_main(page).select("img, video, iframe, math")) for page in (ours, theirs)]
        missing += [(path, "an image")] if images[0] > images[1] else []
    assert missing == []
