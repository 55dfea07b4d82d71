"""One item of a checklist, and what can be said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from spokeshave.review.evidence import Evidence

State = Literal["met", "open", "person"]
"""`met`: a program can see that it is so. `open`: it sees that it is not. `person`: it takes a person to judge."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What can be said, with the evidence for it: places in the sources, or what helps a person to judge."""

    state: State
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """What is asked for, and who answers."""

    text: str
    answer: Callable[[Evidence], Answer]


@dataclass(frozen=True, slots=True)
class Section:
    """Items under one heading."""

    title: str
    items: tuple[Item, ...]


def free_of(*rules: str, evidence: Callable[[Evidence], Iterable[str]]) -> Callable[[Evidence], Answer]:
    """Met if none of `rules` finds anything; `evidence` says in what nothing was found.

    Where there is nothing to find anything in, nobody can say that it is met.
    """

    def answer(seen: Evidence) -> Answer:
        found, looked_at = seen.found(*rules), tuple(evidence(seen))
        if found or not looked_at:
            return Answer("open", found or ("there is nothing of the kind",))
        return Answer("met", (*looked_at, *seen.allowed(*rules)))

    return answer


def free_of_words(rule: str) -> Callable[[Evidence], Answer]:
    """The same for words: these rules know English only."""
    in_english = free_of(rule, evidence=Evidence.pages)

    def answer(seen: Evidence) -> Answer:
        return in_english(seen) if seen.is_english else Answer("person")

    return answer


def there_is(what: str, evidence: Callable[[Evidence], Iterable[str]]) -> Callable[[Evidence], Answer]:
    """Met if there is `evidence` of it."""

    def answer(seen: Evidence) -> Answer:
        found = tuple(evidence(seen))
        return Answer("met", found) if found else Answer("open", (f"no {what} found",))

    return answer


def nothing(seen: Evidence) -> tuple[str, ...]:
    """No evidence: a person has to look at all of it."""
    return ()


def for_a_person(
    evidence: Callable[[Evidence], Iterable[str]] = nothing,
) -> Callable[[Evidence], Answer]:
    """Never ticked; `evidence` says where to look."""
    return lambda seen: Answer("person", tuple(evidence(seen)))
