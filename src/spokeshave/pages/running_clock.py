"""For instructors: at which minute of an episode each of its sections begins and ends.

Exercises take the minutes that their titles give. All other minutes of the episode are shared out over the rest of
its text in proportion to its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate, pairwise

from markupsafe import escape

from spokeshave.blocks.body import Body
from spokeshave.blocks.html import SECTION_START
from spokeshave.lesson import Page
from spokeshave.theme import icon


def section_minutes(page: Page, body: Body) -> tuple[tuple[int, int], ...]:
    """The first and the last minute of each section of an episode, not of what comes before the first section."""
    words = [pace.words for pace in body.paces]
    if not any(words):
        words = [1] * len(words)
    total = sum(words)
    given = list(accumulate(pace.minutes for pace in body.paces))
    shared = max(0, page.minutes - page.pause - given[-1])
    # In whole numbers, so that a section that is one exercise lasts exactly as long as its title says.
    edges = [
        minutes + (2 * shared * read + total) // (2 * total)
        for minutes, read in zip(given, accumulate(words), strict=True)
    ]
    return tuple(pairwise(edges))


def with_clocks(page: Page, body: Body, words: Mapping[str, str]) -> str:
    """The HTML of an episode with the minutes of each section below its heading."""
    parts = body.html.split(SECTION_START)
    shown = [
        f'\n<p class="running-clock">{icon("clock")} '
        f"{escape(words['section_minutes'].format(start=start, end=end))}</p>"
        for start, end in section_minutes(page, body)
    ]
    return parts[0] + "".join(clock + part for clock, part in zip(shown, parts[1:], strict=True))
