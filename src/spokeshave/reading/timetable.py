"""The key `timetable` of config.yaml: plans, their days, and what comes on each day.

The Workbench ignores the key. (`schedule` would not do: there it is an old name of `episodes`.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast
from zoneinfo import ZoneInfo

from spokeshave.lesson import Page
from spokeshave.reading.report import Report
from spokeshave.reading.yaml_text import Value
from spokeshave.timetable.plan import MINUTES_OF_A_DAY, Day, Item, Plan, clock_text

_PLAN_KEYS = ("name", "id", "zone", "days")
_DAY_KEYS = ("start", "date", "items")
_ITEM_KEYS = {
    "episode": ("episode", "minutes", "part"),
    "break": ("break", "label"),
    "other": ("other", "minutes"),
}
_ITEM_NAMES = {"episode": "an episode", "break": "a break", "other": "such an item"}
_YEARS = range(1900, 3000)
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)$")
_MINUTES = re.compile(r"[1-9]\d{0,3}$")
_IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9-]{0,99}\Z")


def read_timetable(config: Value, path: str, episodes: Sequence[Page], report: Report) -> tuple[Plan, ...]:
    """The plans of the lesson, none without the key. What is wrong with them is told to `report`."""
    value = config.get("timetable")
    if value.kind == "scalar" and not value.text:
        return ()
    reader = _Reader(path, {page.path.removeprefix("episodes/"): page for page in episodes}, report)
    if value.kind != "list":
        reader.error(value, "`timetable` is no list of plans", "Begin each plan with `- name: '…'`")
        return ()
    plans = tuple(reader.plan(plan) for plan in value.items)
    reader.refuse_repeated([plan.identifier for plan in plans], value.items)
    return plans


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads what is there, and reports what is not as it should be."""

    path: str
    episodes: dict[str, Page]
    """By file name."""
    report: Report

    def error(self, value: Value, message: str, fix: str) -> None:
        self.report.error(self.path, value.line, message, fix)

    def plan(self, value: Value) -> Plan:
        self.refuse_others(value, _PLAN_KEYS, "a plan")
        name = value.get("name").text.strip()
        if not name:
            self.error(value, "this plan has no name", "Add `name: '…'`")
        identifier, zone = self.identifier(value, name), self.zone(value.get("zone"))
        seen: set[str] = set()
        days = tuple(self.day(day, seen) for day in value.get("days").items)
        if not days:
            self.error(
                value, "this plan has no days", "Add `days:` with a list: `- start: '09:00'`, `items: […]`"
            )
        if len({day.date is None for day in days}) > 1:
            self.error(value, "some days of this plan have a date, others none", "Give each day its `date:`")
        dates = [day.date for day in days if day.date]
        if dates != sorted(set(dates)):
            self.error(value, "the dates of this plan do not follow each other", "Sort its days by `date:`")
        return Plan(identifier, name, days, zone)

    def identifier(self, value: Value, name: str) -> str:
        """The one given, else the name in small letters with dashes."""
        given = value.get("id")
        text = given.text or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        if not _IDENTIFIER.match(text) and name:
            fix = "Add `id: two-days`, of small letters, digits and dashes"
            self.error(given, f"`{text}` cannot be the name of a file", fix)
        return text

    def refuse_repeated(self, identifiers: Sequence[str], values: Sequence[Value]) -> None:
        seen: set[str] = set()
        for position, identifier in enumerate(identifiers):
            if identifier in seen:
                message = f"there is a plan with the id `{identifier}` already"
                self.error(values[position], message, "Give it another `name` or `id`")
            seen.add(identifier)

    def zone(self, value: Value) -> str:
        if value.text:
            try:
                ZoneInfo(value.text)
            except (KeyError, ValueError, OSError):  # the last two for names that cannot be those of files
                fix = "Write it as Europe/Berlin; on Windows, `pip install tzdata` brings the zones"
                self.error(value, f"there is no time zone `{value.text}`", fix)
                return ""
        return value.text

    def day(self, value: Value, seen: set[str]) -> Day:
        """A day of a plan; `seen` are the episodes that the plan has had before."""
        self.refuse_others(value, _DAY_KEYS, "a day")
        start, on = self.start(value), self.date(value.get("date"))
        items = tuple(item for given in value.get("items").items if (item := self.item(given, seen)))
        if not value.get("items").items:
            self.error(value, "this day has no items", "Add `items:` with a list of episodes and breaks")
        day = Day(start, items, on)
        if day.start + day.minutes > MINUTES_OF_A_DAY:
            message = (
                f"this day begins at {clock_text(start)} and takes {day.minutes} minutes, beyond midnight"
            )
            self.error(value, message, "Let it begin earlier, or make two days of it")
        return day

    def start(self, value: Value) -> int:
        given = value.get("start")
        found = _CLOCK.match(given.text)
        if not found:
            self.error(given, f"`{given.text}` is no time at which a day starts", "Write `start: '09:00'`")
            return 0
        return int(found[1]) * 60 + int(found[2])

    def date(self, value: Value) -> date | None:
        if not value.text:
            return None
        try:
            found = datetime.strptime(value.text, "%Y-%m-%d").date()
        except ValueError:
            self.error(value, f"`{value.text}` is no date", "Write it as 2027-01-31, or leave it out")
            return None
        if found.year not in _YEARS:
            self.error(value, f"`{value.text}` is beyond what calendars hold", "Write it as 2027-01-31")
        return found

    def item(self, value: Value, seen: set[str]) -> Item | None:
        if value.kind == "scalar":
            return self.episode(value, None, "", seen)
        kind = next((name for name in _ITEM_KEYS if name in value.entries), "")
        if not kind:
            fix = "Write the file of an episode, `break: 15`, or `other: 'Welcome'` with `minutes: 10`"
            self.error(value, "this is no episode and no break", fix)
            return None
        self.refuse_others(value, _ITEM_KEYS[kind], _ITEM_NAMES[kind])
        if kind == "episode":
            given = self.minutes(value.get("minutes")) if "minutes" in value.entries else None
            return self.episode(value.get(kind), given, value.get("part").text, seen)
        minutes = self.minutes(value.get("break" if kind == "break" else "minutes"))
        text = value.get("label" if kind == "break" else "other").text.strip()
        if kind == "other" and not text:
            self.error(value, "this item has no name", "Write `other: 'Welcome'`")
        return Item(cast(Literal["break", "other"], kind), minutes, text=text)

    def episode(self, value: Value, minutes: int | None, part: str, seen: set[str]) -> Item | None:
        """An episode by its file's name. Without `minutes` it takes those of its page, without its break."""
        page = self.episodes.get(value.text)
        if page is None:
            fix = f"Episodes are {', '.join(self.episodes)}"
            self.error(value, f"`{value.text}` is no episode of this lesson", fix)
            return None
        if page.slug in seen:
            self.error(value, f"`{value.text}` is in this plan twice", "Remove one of the two, or join them")
        seen.add(page.slug)
        return Item("episode", page.minutes - page.pause if minutes is None else minutes, page.slug, part)

    def minutes(self, value: Value) -> int:
        if not _MINUTES.match(value.text):
            self.error(value, f"`{value.text}` is no number of minutes", "Write a whole number, such as 15")
            return 0
        return int(value.text)

    def refuse_others(self, value: Value, known: Iterable[str], what: str) -> None:
        """Report keys that nobody reads, which are most often misspelt."""
        for name in value.entries:
            if name not in known:
                line = value.key_lines.get(name, value.line)
                fix = f"Keys of {what} are {', '.join(f'`{key}`' for key in known)}"
                self.report.error(self.path, line, f"`{name}` means nothing here", fix)
