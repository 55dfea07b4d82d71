"""The pages that gather what stands on others, and the few that are made from nothing but the lesson's data."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spokeshave.pages import (
    citation,
    images,
    instructor_notes,
    key_points,
    not_found,
    notebooks,
    profiles,
    timetable,
)
from spokeshave.pages.edition import Edition, Episode

GatheredPage = Callable[[Edition, Sequence[Episode]], str | None]

GATHERED: dict[str, GatheredPage] = {
    "key-points.html": key_points.key_points_page,
    "images.html": images.images_page,
    "instructor-notes.html": instructor_notes.instructor_notes_page,
    "profiles.html": profiles.profiles_page,
    "notebooks.html": notebooks.notebooks_page,
    timetable.PAGE: timetable.timetable_page,
    "citation.html": citation.citation_page,
    "404.html": not_found.not_found_page,
}
"""Each makes one page, or `None` where the lesson has no such page."""
