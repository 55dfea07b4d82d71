"""What a reviewer of The Carpentries Lab looks at: mostly what only a person can judge."""

from __future__ import annotations

from spokeshave.review.editor import audience
from spokeshave.review.evidence import Evidence
from spokeshave.review.items import Item, Section, for_a_person, free_of_words

REVIEWER: tuple[Section, ...] = (
    Section(
        "Accessibility",
        (
            Item("Alternative texts are right, and say enough.", for_a_person(Evidence.images)),
            Item(
                "There are few idioms, colloquial words and references to one region or culture.",
                for_a_person(),
            ),
            Item("There are few contractions (“don't”).", free_of_words("contraction")),
        ),
    ),
    Section(
        "Content",
        (
            Item("It is in keeping with the code of conduct of The Carpentries.", for_a_person()),
            Item("It meets its objectives.", for_a_person()),
            Item("It is right for the people it is for.", for_a_person(audience)),
            Item("It is accurate.", for_a_person()),
            Item("It is clear and easy to understand.", for_a_person()),
            Item("It is structured so that learners are not overloaded.", for_a_person()),
            Item("It belittles nobody.", free_of_words("belittling-word")),
            Item("Its tools are open source, or there is a good reason why not.", for_a_person()),
            Item(
                "Its data sets can be got at, are described, are CC0 and like those of the field.",
                for_a_person(Evidence.data),
            ),
            Item("It has no more data sets than it needs.", for_a_person(Evidence.data)),
            Item("Its tasks and its story are realistic.", for_a_person()),
            Item("Its solutions are right, and explained.", for_a_person()),
            Item(
                "Its exercises are of different kinds.",
                for_a_person(lambda seen: seen.divs("challenge", "discussion")),
            ),
            Item("Its exercises fit the experience of the people it is for.", for_a_person()),
            Item(
                "Every objective is tried in an exercise or in another way.",
                for_a_person(lambda seen: seen.found("missing-challenge")),
            ),
            Item("Wrong answers to its exercises show what was misunderstood.", for_a_person()),
        ),
    ),
    Section(
        "Design",
        (
            Item(
                "Objectives are clear and measurable, and about skills rather than functions and tools.",
                for_a_person(lambda seen: seen.divs("objectives")),
            ),
            Item(
                "The people it is for are described specifically and realistically.", for_a_person(audience)
            ),
        ),
    ),
    Section(
        "Supporting information",
        (
            Item(
                "What learners need to know beforehand is complete and right.",
                for_a_person(Evidence.prerequisites),
            ),
            Item(
                "Setting up is described completely, rightly and so that it can be followed.",
                for_a_person(Evidence.setup),
            ),
            Item("No key term is missing from the glossary.", for_a_person(Evidence.glossary)),
        ),
    ),
)
