"""A plan: which days a lesson takes, and what comes when on each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

MINUTES_OF_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a day. `text` says which part of an episode it is, or names what is no episode; it may be empty."""

    kind: Literal["episode", "break", "other"]
    minutes: int
    slug: str = ""
    """Of an episode."""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """An item with the time when it begins: minutes since midnight, and since the start of the day's teaching."""

    item: Item
    clock: int
    elapsed: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day of teaching. `start` is in minutes since midnight."""

    start: int
    items: tuple[Item, ...]
    date: date | None = None

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)

    def slots(self) -> Iterator[Slot]:
        """The items one after another, and when each begins."""
        elapsed = 0
        for item in self.items:
            yield Slot(item, self.start + elapsed, elapsed)
            elapsed += item.minutes


@dataclass(frozen=True, slots=True)
class Plan:
    """One way to teach the lesson. `identifier` names its file and its place on pages.

    `zone` is a time zone's name, such as `Europe/Berlin`; empty: the clock of wherever it is read.
    """

    identifier: str
    name: str
    days: tuple[Day, ...]
    zone: str = ""

    @property
    def is_dated(self) -> bool:
        """Whether each day has its date, so that calendars can hold the plan."""
        return all(day.date for day in self.days)

    def on(self, dates: tuple[date, ...]) -> Plan:
        """The plan on these dates, one for each day."""
        days = tuple(replace(day, date=given) for day, given in zip(self.days, dates, strict=True))
        return replace(self, days=days)


def clock_text(minutes: int) -> str:
    """Minutes since midnight as a clock shows them, `09:05`."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
