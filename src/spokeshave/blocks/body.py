"""What rendering a page yields: its HTML, and what other pages collect from it."""

from __future__ import annotations

from dataclasses import dataclass

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
class Body:
    """A rendered page. All HTML here holds the marks of `spokeshave.blocks.html` for both views."""

    html: str
    sections: tuple[Heading, ...] = ()
    questions: tuple[str, ...] = ()
    keypoints: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    notes: tuple[Note, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    terms: frozenset[str] = frozenset()
    warnings: tuple[Problem, ...] = ()
