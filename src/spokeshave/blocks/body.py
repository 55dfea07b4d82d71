"""What rendering a page yields: its HTML, and what other pages collect from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from spokeshave.problems import Problem


@dataclass(frozen=True, slots=True)
class Heading:
    """A level-two heading, for the sidebar."""

    identifier: str
    html: str


@dataclass(frozen=True, slots=True)
class Image:
    """An image, for the page of all images. `alt` is `None` where the source gives none."""

    alt: str | None
    html: str


@dataclass(frozen=True, slots=True)
class Note:
    """An inline instructor note, for the page of instructor notes."""

    identifier: str
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Definition:
    """What the lesson's glossary says of a term, both as HTML."""

    term: str
    html: str


@dataclass(frozen=True, slots=True)
class Use:
    """The first link of a page to a term of the glossary: its id, and whether only instructors see it."""

    anchor: str
    in_note: bool = False


@dataclass(frozen=True, slots=True)
class Exercise:
    """A challenge with its folds, for the pages of exercises.

    `section` is the title of the section it stands in, empty before the first one; its solutions stand between the
    marks of `solution` in `spokeshave.blocks.html`. `instructors_only`: learners do not get it.
    """

    identifier: str
    section: str
    html: str
    instructors_only: bool = False


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a part of a page takes: the minutes that its exercises give, and the length of the rest in words."""

    minutes: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Body:
    """A rendered page. All HTML here holds the marks of `spokeshave.blocks.html` for both views."""

    html: str
    sections: tuple[Heading, ...] = ()
    paces: tuple[Pace, ...] = ()
    """Of what comes before the first section, then of each of `sections`."""
    questions: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    keypoints: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    notes: tuple[Note, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    terms: frozenset[str] = frozenset()
    """Of Glosario."""
    uses: Mapping[str, Use] = field(default_factory=dict)
    """By the ids of the terms in the lesson's own glossary."""
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    """By id; of the page with the glossary alone."""
    warnings: tuple[Problem, ...] = ()
