"""Key points of all episodes."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from spokeshave.pages.edition import Edition, Episode
from spokeshave.pages.extra import episode_section, extra_page
from spokeshave.pages.titles import title_html
from spokeshave.pages.unique_ids import out_of_page, with_unique_ids


def key_points_page(edition: Edition, episodes: Sequence[Episode]) -> str | None:
    if not episodes:
        return None
    used = {episode.page.slug for episode in episodes}
    sections = []
    for episode in episodes:
        slug = episode.page.slug
        points = edition.in_view("\n".join(episode.body.keypoints)).strip()
        if not points:
            points = Markup("<p>{}</p>").format(edition.words["no_key_points"])
        content = with_unique_ids(out_of_page(points, slug), used, slug)
        sections.append(episode_section(episode.page.slug, title_html(episode.page), content))
    return extra_page(edition, "key-points.html", edition.words["key_points"], "\n".join(sections))
