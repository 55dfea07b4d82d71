"""Key points of all episodes."""

from __future__ import annotations

from collections.abc import Sequence

from spokeshave.pages.edition import Edition, Episode
from spokeshave.pages.extra import episode_section, extra_page
from spokeshave.pages.titles import title_html
from spokeshave.pages.unique_ids import with_unique_ids


def key_points_page(edition: Edition, episodes: Sequence[Episode]) -> str | None:
    if not episodes:
        return None
    used = {episode.page.slug for episode in episodes}
    sections = []
    for episode in episodes:
        points = "\n".join(episode.body.keypoints)
        if not points:
            points = f"<p>{edition.words['no_key_points']}</p>"
        content = with_unique_ids(edition.in_view(points), used, episode.page.slug)
        sections.append(episode_section(episode.page.slug, title_html(episode.page), content))
    return extra_page(edition, "key-points.html", edition.words["key_points"], "\n".join(sections))
