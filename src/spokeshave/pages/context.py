"""What the templates are given: one record for the whole site in one view, one for each page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from spokeshave import __version__
from spokeshave.lesson import View
from spokeshave.theme.bundle import head_script


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a menu. `text` may hold inline markup."""

    text: Markup
    href: str


@dataclass(frozen=True, slots=True)
class SidebarEntry:
    """An entry of the list of episodes. `number` is empty where entries are not numbered."""

    href: str
    title: Markup
    number: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """The lesson's life-cycle stage, or its peer review.

    `kind` is pre-alpha, alpha, beta or peer-reviewed; `title` and `explanation` are for tooltip and
    screen readers.
    """

    kind: str
    text: str
    title: str
    explanation: str
    href: str


@dataclass(frozen=True, slots=True)
class Card:
    """The picture that a shared link to a page shows. `path` is its file's, below the site's root."""

    path: str
    title: str
    lesson: str
    """The lesson's title."""
    alt: str


@dataclass(frozen=True, slots=True)
class SearchFiles:
    """What the search window is made of: paths below the site's root."""

    script: str
    stylesheet: str
    index: str


@dataclass(frozen=True, slots=True)
class TeachingFiles:
    """What instructors' pages of episodes load beside the rest: paths below the site's root."""

    script: str
    stylesheet: str


@dataclass(frozen=True, slots=True)
class Site:
    """All that is the same on every page of one view of the site."""

    title: str
    language: str
    """BCP 47 code for `<html lang>`, `pt-BR` and not `pt_BR`."""
    words: Mapping[str, str]
    """UI text by key, in the lesson's language (see `theme/languages/en.yaml`)."""
    view: View
    root: str
    """What leads from a page of this view to the site's root: empty, or `../`."""
    stylesheet: str
    script: str
    lesson_key: str
    """Tells what browsers remember of this lesson from what they remember of others."""
    carpentry: str
    carpentry_icon: str
    carpentry_description: str
    badge: Badge | None
    menu: tuple[Link, ...]
    """The fixed entries of the navigation bar."""
    more: tuple[Link, ...]
    more_learners: tuple[Link, ...]
    """In the instructor view: the learners' extra pages, after a rule."""
    languages_default: str
    languages: tuple[Link, ...]
    overview: bool
    has_all_in_one: bool
    has_exercises: bool
    copy: bool
    handout: str
    source: str
    license: str
    license_href: str
    contact: str
    cite_href: str
    contributing_href: str
    conduct_href: str
    analytics: Markup
    version: str = __version__
    """Of spokeshave."""
    head_script: Markup = field(default_factory=lambda: Markup(head_script()))
    """What runs before anything is painted."""
    offline_copy: str = ""
    """The path of the whole site in one file, below the site's root; empty where it is not made."""
    offline_size: str = ""
    """How large that is, in parentheses."""
    search: SearchFiles | None = None
    """`None`: the site has no search window."""
    teaching: TeachingFiles | None = None
    """`None`: for learners."""
    timetable_stylesheet: str = ""
    """The path of what pages with a timetable load, below the site's root; empty where there is none."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """All that is one page's own."""

    path: str
    """Of this page in its view, such as `01-why-share.html`."""
    title: Markup
    plain_title: str
    """For `<title>`: `title` without markup."""
    description: str
    content: Markup
    source_path: str = ""
    """Of the Markdown file, for the edit link; empty where there is none."""
    edit_href: str = ""
    updated: str = ""
    """ISO date of the last change, empty where it is not known."""
    minutes: int | None = None
    """Estimated time, shown to instructors."""
    progress: int | None = None
    """Per cent of the lesson's time that lies before this episode."""
    sections: tuple[Link, ...] = ()
    """The level-two headings, for the sidebar."""
    previous: Link | None = None
    following: Link | None = None
    """`text` is the short form; `Home` where the link leads home."""
    is_current: bool = True
    """Whether the page is one of the sidebar's entries (the home page or an episode)."""
    notebook_href: str = ""
    """Of the page's notebook; empty where there is none."""
    colab_href: str = ""
    """Where Colab opens it."""
    snippets_record: Markup = field(default_factory=Markup)
    """When the page's code ran, and with what; empty where that is not known."""
    other_view: str = ""
    """Where the same page of the other view is."""
    canonical: str = ""
    """The page's address, for both views that of the learner's."""
    card: Card | None = None
    card_address: str = ""
    json_ld: tuple[Markup, ...] = ()
    """What the page says to machines: one JSON-LD text for each thing described."""
    stylesheets: tuple[str, ...] = ()
    """What this page loads beside the stylesheet of all pages: paths below the site's root."""
    scripts: tuple[str, ...] = ()
    """Likewise, beside the script of all pages."""
    absolute_root: str = ""
    """Only on the 404 page: the site's address, in front of every link."""
