"""What search finds: one record for the start of a page, for each section, and for each box or fold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """One place that search can lead to. All is plain text.

    `section` is the heading above the place; `kind` is what a box is called on the page (empty: it is none), and
    `title` the box's own. `closed`: it stands in a solution or a hint, so results do not quote it.
    """

    url: str
    """Relative to the page's folder, with the place's id: the same in both views."""
    page: str
    section: str
    kind: str
    title: str
    text: str
    closed: bool = False

    @property
    def name(self) -> str:
        """What it is searched by beside its text: its title, or the heading of what is no box."""
        return self.title or ("" if self.kind else self.section or self.page)
