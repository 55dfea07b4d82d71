"""The plans of the lesson's timetable: folded on the home page, whole on a page of their own that can be printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from spokeshave.lesson import Lesson
from spokeshave.pages.edition import Edition, Episode
from spokeshave.pages.extra import extra_page
from spokeshave.pages.titles import title_html
from spokeshave.theme import templates
from spokeshave.timetable.plan import Day, Plan, Slot, clock_text

PAGE = "schedule.html"


@dataclass(frozen=True, slots=True)
class Row:
    """What one line of a day's table says. Times are pairs: for machines, for people."""

    clock: tuple[str, str]
    elapsed: tuple[str, str]
    kind: str
    """episode, break, other or end."""
    title: Markup
    href: str = ""
    part: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class ShownDay:
    """One day's table."""

    name: str
    date: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """A plan as a template shows it. `calendar` is the path of its file; empty where it has no dates."""

    plan: Plan
    days: tuple[ShownDay, ...]
    calendar: str


def has_timetable_page(lesson: Lesson) -> bool:
    """Whether the plans get a page: not in a lesson that has one of this name of its own."""
    own = (*lesson.episodes, *lesson.learners, *lesson.instructors, *lesson.others)
    return bool(lesson.timetable) and all(f"{page.slug}.html" != PAGE for page in own)


def calendar_path(plan: Plan) -> str:
    """Where the site has the plan for calendars."""
    return f"schedule-{plan.identifier}.ics"


def timetable_page(edition: Edition, episodes: Sequence[Episode]) -> str | None:
    """All plans, to be printed."""
    if not has_timetable_page(edition.lesson):
        return None
    content = _rendered("timetable_plans.html", edition)
    styles = (edition.site.timetable_stylesheet,)
    title = edition.words["schedule"]
    return extra_page(edition, PAGE, title, content, template="timetable.html", stylesheets=styles)


def folded_timetable(edition: Edition, schedule: Markup) -> Markup:
    """The plans for the home page, each in a fold, then `schedule` in one more if it is not empty."""
    page = PAGE if has_timetable_page(edition.lesson) else ""
    return _rendered("timetable_folds.html", edition, page=page, schedule=schedule)


def _rendered(name: str, edition: Edition, **more: object) -> Markup:
    template = templates().get_template(name)
    plans = [_plan(edition, plan) for plan in edition.lesson.timetable]
    return Markup(
        template.render(
            plans=plans, words=edition.words, root=edition.site.root, view=edition.site.view, **more
        )
    )


def _plan(edition: Edition, plan: Plan) -> ShownPlan:
    days = []
    for number, day in enumerate(plan.days, 1):
        name = edition.words["timetable_day"].format(number=number) if len(plan.days) > 1 else plan.name
        days.append(ShownDay(name, str(day.date or ""), tuple(_rows(edition, day))))
    return ShownPlan(plan, tuple(days), calendar_path(plan) if plan.is_dated else "")


def _rows(edition: Edition, day: Day) -> Iterator[Row]:
    for slot in day.slots():
        yield _row(edition, day, slot)
    clock, elapsed = _times(edition, day, day.start + day.minutes, day.minutes)
    yield Row(clock, elapsed, "end", Markup.escape(edition.words["finish"]))


def _row(edition: Edition, day: Day, slot: Slot) -> Row:
    item = slot.item
    clock, elapsed = _times(edition, day, slot.clock, slot.elapsed)
    row = Row(clock, elapsed, item.kind, Markup(), part=item.text, minutes=item.minutes)
    if item.kind != "episode":
        text = Markup.escape(item.text or edition.words["timetable_break"])
        return replace(row, title=text, part="")
    pages = edition.lesson.episodes
    number = next(number for number, page in enumerate(pages, 1) if page.slug == item.slug)
    title = Markup("{}. {}").format(number, title_html(pages[number - 1]))
    return replace(row, title=title, href=f"{item.slug}.html")


def _times(edition: Edition, day: Day, clock: int, elapsed: int) -> tuple[tuple[str, str], tuple[str, str]]:
    hours, rest = divmod(elapsed, 60)
    shown = edition.words["hours_minutes"].format(hours=f"{hours:02}", minutes=f"{rest:02}")
    time = clock_text(clock)
    return (f"{day.date}T{time}" if day.date else time, time), (f"PT{hours}H{rest}M", shown)
