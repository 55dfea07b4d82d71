"""The kinds of pages that a browser looks at. A new kind of page is one more line here."""

from __future__ import annotations

from dataclasses import dataclass

from tests.spokeshave.sites import OURS

EVERYTHING = "everything"
"""The lesson of the tests that uses each feature once, whether our own lesson does or not."""


@dataclass(frozen=True)
class Kind:
    """A kind of page, with one page of it. `name` names its tests and its screenshots."""

    name: str
    lesson: str
    path: str
    is_long: bool = False
    """Looked at in fewer ways, since it takes a browser many seconds: what it holds, other kinds have too."""

    def __str__(self) -> str:
        return self.name


KINDS = (
    Kind("home", OURS, "index.html"),
    Kind("home-instructor", OURS, "instructor/index.html"),
    Kind("episode", OURS, "01-why-share.html"),
    Kind("episode-tabs", OURS, "05-package.html"),
    Kind("episode-instructor", OURS, "instructor/04-model-card.html"),
    Kind("episode-figures", OURS, "07-shift.html"),
    Kind("all-in-one", OURS, "aio.html", is_long=True),
    Kind("key-points", OURS, "key-points.html"),
    Kind("images", OURS, "images.html"),
    Kind("schedule", OURS, "instructor/schedule.html"),
    Kind("exercises", OURS, "exercises.html"),
    Kind("exercises-solutions", EVERYTHING, "exercises-solutions.html"),
    Kind("notebooks", OURS, "notebooks.html"),
    Kind("glossary", OURS, "reference.html"),
    Kind("profiles", OURS, "profiles.html"),
    Kind("instructor-notes", OURS, "instructor/instructor-notes.html"),
    Kind("checklist", OURS, "release-checklist.html"),
    Kind("template", OURS, "model-card-template.html"),
    Kind("citation", OURS, "citation.html"),
    Kind("license", OURS, "LICENSE.html"),
    Kind("not-found", OURS, "404.html"),
    Kind("divs", EVERYTHING, "01-divs.html"),
    Kind("nested-divs", EVERYTHING, "instructor/02-nesting.html"),
    Kind("code", EVERYTHING, "03-code.html"),
    Kind("markdown", EVERYTHING, "04-markdown.html"),
    Kind("links-and-images", EVERYTHING, "05-links-images.html"),
    Kind("tabs", EVERYTHING, "06-tabs.html"),
    Kind("edge-cases", EVERYTHING, "07-edge-cases.html"),
    Kind("all-in-one-instructor", EVERYTHING, "instructor/aio.html"),
    Kind("citation-orcid", EVERYTHING, "citation.html"),
    Kind("overview", "overview", "index.html"),
)
