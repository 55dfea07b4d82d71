"""Instructor notes: the lesson's own page, then the inline notes of all episodes (instructor view)."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import escape

from spokeshave.pages.edition import Edition, Episode
from spokeshave.pages.extra import episode_section, extra_page
from spokeshave.pages.titles import title_html
from spokeshave.pages.unique_ids import out_of_page, with_unique_ids


def instructor_notes_page(edition: Edition, episodes: Sequence[Episode]) -> str | None:
    page = edition.lesson.instructor_notes
    if page is None:
        return None
    used = {"aggregate-instructor-notes"}
    own = with_unique_ids(edition.body(page), used, "notes")
    notes = _notes(edition, episodes, used) if edition.instructor else ""
    if not edition.instructor:
        notes = f"<p>{edition.words['no_notes']}</p>"
    content = f'{own}\n<section id="aggregate-instructor-notes">\n{notes}\n</section>'
    return extra_page(edition, "instructor-notes.html", edition.words["instructor_notes"], content)


def _notes(edition: Edition, episodes: Sequence[Episode], used: set[str]) -> str:
    sections = []
    for episode in episodes:
        slug = episode.page.slug
        parts = []
        for note in episode.body.notes:
            anchor = f"{slug}-{note.identifier}"
            heading = (
                f'<h3 id="{escape(anchor)}"><a href="{escape(slug)}.html#{note.identifier}">{note.title}</a>'
                f'<a class="anchor" aria-label="anchor" href="#{escape(anchor)}"></a></h3>'
            )
            parts.append(f"{heading}\n{out_of_page(edition.in_view(note.html), slug)}\n<hr>")
        if parts:
            content = with_unique_ids("\n".join(parts), used, slug)
            sections.append(episode_section(slug, title_html(episode.page), content))
    return "\n".join(sections)
