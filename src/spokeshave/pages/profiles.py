"""Learner profiles, one after another."""

from __future__ import annotations

from collections.abc import Sequence

from spokeshave.pages.edition import Edition, Episode
from spokeshave.pages.extra import extra_page
from spokeshave.pages.unique_ids import with_unique_ids


def profiles_page(edition: Edition, episodes: Sequence[Episode]) -> str | None:
    used: set[str] = set()
    bodies = [with_unique_ids(edition.body(page), used, page.slug) for page in edition.lesson.profiles]
    return extra_page(edition, "profiles.html", edition.words["learner_profiles"], "\n<hr>\n".join(bodies))
