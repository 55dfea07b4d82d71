"""A plan as a file for calendars: one event for each item.

Source: RFC 5545, Internet Calendaring and Scheduling Core Object Specification. It is written here and not by a
library, since a calendar without repetitions and alarms is a few lines; the tests read it with one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from spokeshave import __version__
from spokeshave.lesson import Lesson
from spokeshave.pages.titles import title_text
from spokeshave.timetable.plan import Item, Plan, Slot

_LONGEST_LINE = 75
"""In bytes."""
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar(lesson: Lesson, plan: Plan, words: Mapping[str, str]) -> str:
    """The text of an `.ics` file. All days of `plan` must have a date.

    Times are in UTC if the plan has a time zone, else those of whoever's calendar it is. The same plan gives the same
    text: it is stamped with the date of the lesson.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//spokeshave//spokeshave {__version__}//EN",
        f"X-WR-CALNAME:{_escaped(f'{lesson.settings.title}: {plan.name}')}",
        *_events(lesson, plan, words),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _events(lesson: Lesson, plan: Plan, words: Mapping[str, str]) -> Iterator[str]:
    titles = {page.slug: title_text(page) for page in lesson.episodes}
    first = plan.days[0].date or date.min
    stamp = lesson.settings.created or first
    home = lesson.settings.source or lesson.settings.url
    for number, day in enumerate(plan.days, 1):
        for position, slot in enumerate(day.slots(), 1):
            known = uuid5(NAMESPACE_URL, f"{home}#{plan.identifier}/{first}/{number}/{position}")
            yield from ("BEGIN:VEVENT", f"UID:{known}", f"DTSTAMP:{stamp:%Y%m%d}T000000Z")
            yield f"DTSTART:{_moment(day.date or first, slot.clock, plan.zone)}"
            yield f"DTEND:{_moment(day.date or first, slot.clock + slot.item.minutes, plan.zone)}"
            yield from _texts(lesson, slot, _summary(slot.item, titles, words))
            yield "END:VEVENT"


def _texts(lesson: Lesson, slot: Slot, summary: str) -> Iterator[str]:
    yield f"SUMMARY:{_escaped(summary)}"
    if slot.item.kind == "episode":
        if slot.item.text:
            yield f"DESCRIPTION:{_escaped(slot.item.text)}"
        if lesson.settings.url:
            yield f"URL:{lesson.settings.url}{slot.item.slug}.html"


def _summary(item: Item, titles: Mapping[str, str], words: Mapping[str, str]) -> str:
    if item.kind == "episode":
        return titles[item.slug]
    return item.text or words["timetable_break"]


def _moment(day: date, minutes: int, zone: str) -> str:
    """A time of the day as RFC 5545 has it."""
    moment = datetime.combine(day, time()) + timedelta(minutes=minutes)
    if not zone:
        return f"{moment:%Y%m%dT%H%M%S}"
    return f"{moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _folded(line: str) -> str:
    """A line as lines of at most 75 bytes: all but the first begin with a blank, and no sign is cut."""
    parts, used = [""], 0
    for sign in line:
        size = len(sign.encode())
        if used + size > _LONGEST_LINE:
            parts.append(" ")
            used = 1
        parts[-1] += sign
        used += size
    return "\r\n".join(parts)
