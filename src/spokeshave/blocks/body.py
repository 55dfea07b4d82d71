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
class Body:
    """A rendered page. All HTML here holds the marks of `spokeshave.blocks.html` for both views."""

    html: str
    sections: tuple[Heading, ...] = ()
    questions: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    keypoints: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    notes: tuple[Note, ...] = ()
    terms: frozenset[str] = frozenset()
    warnings: tuple[Problem, ...] = ()
