"""The list of episodes beside every page.

Each entry is rendered once for all pages; a page replaces its own. Otherwise a lesson of a thousand
episodes would render a million entries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from spokeshave.lesson import View
from spokeshave.pages.context import PageContext, SidebarEntry
from spokeshave.theme import templates


@dataclass(frozen=True, slots=True)
class Sidebar:
    """The entries, and each one's HTML where it is not the current one."""

    entries: tuple[SidebarEntry, ...]
    items: tuple[str, ...]
    positions: Mapping[str, int]
    view: View

    def html(self, page: PageContext, words: Mapping[str, str]) -> Markup:
        """The list as `page` shows it: with its sections where it is one of the entries itself."""
        if page.absolute_root:
            folder = "instructor/" if self.view == "instructor" else ""
            return Markup("".join(_items(self.entries, page.absolute_root + folder)))
        position = self.positions.get(page.path) if page.is_current else None
        if position is None:
            return Markup("".join(self.items))
        current = str(_macros().current(self.entries[position], page.sections, words))
        return Markup("".join((*self.items[:position], current, *self.items[position + 1 :])))


def make_sidebar(entries: Sequence[SidebarEntry], view: View) -> Sidebar:
    """A sidebar with its entries rendered."""
    positions = {entry.href: position for position, entry in enumerate(entries)}
    return Sidebar(tuple(entries), tuple(_items(entries, "")), positions, view)


def _items(entries: Sequence[SidebarEntry], prefix: str) -> list[str]:
    link = _macros().link
    return [str(link(entry, prefix + entry.href)) for entry in entries]


def _macros() -> Any:
    """The macros of the template; Jinja gives them no types."""
    return templates().get_template("chapters.html").module
