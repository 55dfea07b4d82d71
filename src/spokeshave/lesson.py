"""What a lesson is: the frozen records that the reader makes and every later stage reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from spokeshave.timetable.plan import Plan

Folder = Literal["", "episodes", "learners", "instructors", "profiles"]
View = Literal["learner", "instructor"]


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """A translation of the lesson that has a site of its own."""

    language: str
    address: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The lesson's `config.yaml`, with the Workbench's defaults filled in.

    The list keys (`episodes`, `learners`, `instructors`, `profiles`) are not here: the reader
    has already used them to choose and order the pages.
    """

    title: str
    source: str
    url: str
    carpentry: str = "cp"
    carpentry_description: str = "The Carpentries"
    created: date | None = None
    keywords: str = "software,data,lesson,The Carpentries"
    description: str = ""
    life_cycle: str = ""
    doi: str = ""
    license: str = "CC-BY 4.0"
    license_url: str = "LICENSE.html"
    branch: str = "main"
    contact: str = ""
    language: str = "en"
    language_was_set: bool = False
    languages_default: str = ""
    languages: tuple[OtherLanguage, ...] = ()
    overview: bool = False
    number_sidebar: bool = True
    handout: str = ""
    analytics: str = ""
    glosario: str = ""
    copy: bool = True
    """Whether blocks of code get a button that copies them."""


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown file of the lesson.

    `path` is relative to the lesson's root, with `/` between its parts. `text` is the whole file
    (front matter too), so that a token's line number is a line of the file; the Markdown itself
    begins at line `first_line` (counted from zero). Times are minutes; `None` where the front
    matter says nothing usable.
    """

    path: str
    folder: Folder
    slug: str
    title: str
    text: str
    first_line: int
    teaching: int | None = None
    exercises: int | None = None
    pause: int = 0
    updated: date | None = None

    @property
    def minutes(self) -> int:
        """Minutes that the schedule counts: 5 for teaching and 5 for exercises unless they are given."""
        teaching = 5 if self.teaching is None else self.teaching
        exercises = 5 if self.exercises is None else self.exercises
        return teaching + exercises + self.pause


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is copied to the site as it is. `target` is its path inside the site."""

    source: Path
    target: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of an image file of the lesson before any page is written."""

    width: int
    """In CSS pixels, as `height`: the room that the image takes on a page that says nothing about it."""
    height: int
    dark: str = ""
    """The path, inside the site, of the file that stands in for it in the dark theme; empty where there is none."""
    has_dark_colors: bool = False
    """Whether it is an SVG that itself follows the theme of the page around it."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A whole lesson, read and known to be buildable."""

    root: Path
    settings: Settings
    home: Page
    setup: Page | None
    episodes: tuple[Page, ...]
    learners: tuple[Page, ...]
    """The pages of `learners/` except the set-up page, in menu order."""
    instructors: tuple[Page, ...]
    """The pages of `instructors/` except the instructor notes, in menu order."""
    instructor_notes: Page | None
    profiles: tuple[Page, ...]
    others: tuple[Page, ...]
    """Markdown of the root and of other first-level folders: built, but in no menu."""
    links: str = ""
    """The text of `links.md`."""
    citation: str | None = None
    """The text of `CITATION.cff`."""
    glossary: dict[str, str] = field(default_factory=dict)
    """Glosario definitions by slug, from the lesson's own files."""
    assets: tuple[Asset, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """Images among `assets` by their path inside the site."""
    timetable: tuple[Plan, ...] = ()
    """The plans of `timetable` in config.yaml."""

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every Markdown page: home, set-up, episodes, then the others."""
        return (
            self.home,
            *((self.setup,) if self.setup else ()),
            *self.episodes,
            *self.learners,
            *((self.instructor_notes,) if self.instructor_notes else ()),
            *self.instructors,
            *self.profiles,
            *self.others,
        )
