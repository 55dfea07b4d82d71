"""What an editor of The Carpentries Lab looks at before reviewers are sought."""

from __future__ import annotations

import re

from spokeshave.review.evidence import Evidence
from spokeshave.review.items import Answer, Item, Section, for_a_person, free_of, there_is

_OBJECTIVES = re.compile(r"objective|will learn|learning (?:goal|outcome)", re.IGNORECASE)
_AUDIENCE = re.compile(r"audience|who (?:is )?this|for whom|profile", re.IGNORECASE)


def _objectives(seen: Evidence) -> Answer:
    """Those of the episodes are divs; those of the lesson may be said in any way, on its first page."""
    missing = seen.found("missing-objectives")
    if missing:
        return Answer("open", missing)
    home = seen.gathered.lesson.home.path
    lesson = (*seen.first("objectives", home), *seen.headings_about(_OBJECTIVES, home))
    every = seen.divs("objectives")
    if lesson:
        return Answer("met", (*every, *lesson))
    return Answer("person", (*every, f"of the lesson as a whole: see `{home}`"))


def audience(seen: Evidence) -> tuple[str, ...]:
    return (*seen.headings_about(_AUDIENCE, seen.gathered.lesson.home.path), *seen.profiles())


EDITOR: tuple[Section, ...] = (
    Section(
        "Accessibility",
        (
            Item(
                "Every figure is described: in its alternative text, or in the text around it.",
                free_of("missing-alt", evidence=Evidence.images),
            ),
            Item(
                "Sections of a page begin with headings of level two.",
                free_of("first-heading", evidence=Evidence.headings),
            ),
            Item("No heading skips a level.", free_of("heading-jump", evidence=Evidence.headings)),
            Item(
                "No page has a second heading of level one: the sources have none.",
                free_of("top-heading", evidence=Evidence.headings),
            ),
            Item("Text in figures has a contrast of 4.5 to 1 or more.", for_a_person(Evidence.images)),
        ),
    ),
    Section(
        "Content",
        (
            Item(
                "The lesson teaches skills with data or computers that make research efficient, open and reproducible.",
                for_a_person(),
            ),
            Item(
                "Every exercise has a solution.",
                free_of("missing-solution", evidence=lambda seen: seen.divs("challenge")),
            ),
            Item(
                "Learners try what they have learned at least every 10 to 15 minutes.",
                free_of(
                    "long-stretch",
                    "missing-challenge",
                    evidence=lambda seen: seen.divs("challenge", "discussion"),
                ),
            ),
            Item(
                "The data sets are published under an open license: CC0 or the like.",
                for_a_person(Evidence.data),
            ),
        ),
    ),
    Section(
        "Design",
        (
            Item("The lesson and each of its episodes have learning objectives.", _objectives),
            Item(
                "It is said for whom the lesson is, specifically and in enough detail.",
                for_a_person(audience),
            ),
        ),
    ),
    Section(
        "Repository",
        (
            Item("The license is CC-BY or CC0.", there_is("such license", Evidence.license)),
            Item(
                "CODE_OF_CONDUCT.md links to the code of conduct of The Carpentries.",
                there_is("such link", Evidence.code_of_conduct),
            ),
            Item("The maintainers are listed.", there_is("list of maintainers", Evidence.maintainers)),
            Item("The repository shows its issues and pull requests.", for_a_person()),
        ),
    ),
    Section(
        "Structure",
        (
            Item(
                "Every episode says how many minutes it takes to teach it and to do its exercises.",
                free_of("missing-minutes", evidence=Evidence.minutes),
            ),
            Item("No episode is so long that it overloads learners.", for_a_person(Evidence.minutes)),
        ),
    ),
    Section(
        "Supporting information",
        (
            Item(
                "It is said what learners need to know beforehand.",
                there_is("list of prerequisites", Evidence.prerequisites),
            ),
            Item(
                "It is said how to set up and install what is needed.",
                there_is("set-up page with text", Evidence.setup),
            ),
            Item(
                "Key terms are explained in a glossary, or linked to one.",
                there_is("glossary", Evidence.glossary),
            ),
        ),
    ),
)
