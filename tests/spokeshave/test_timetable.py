"""Plans with clock times: on the pages, as files for calendars, and against what our instructor notes say."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from spokeshave.cli import main
from spokeshave.reader import read_lesson
from tests.spokeshave.sites import LESSONS, OURS, REPOSITORY, Site, build
from tests.spokeshave.test_errors import write_lesson

_PLANS = """
timetable:
- name: Two days
  zone: Europe/Berlin
  days:
  - start: '9:30'
    date: 2027-03-27
    items:
    - other: "Welcome; names, rules"
      minutes: 10
    - episode: 02-second.md
      minutes: 50
      part: 'Only “Stones”, without the sieve, and with a very long remark that takes more than one line'
    - break: 15
      label: Coffee
  - start: '09:00'
    date: 2027-03-28
    items: [01-first.md]
- name: Any day
  id: short
  days:
  - {start: '14:00', items: [01-first.md, {break: 5}]}
"""


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny lesson with two plans."""
    root = tmp_path_factory.mktemp("planned") / "lesson"
    config = (LESSONS / "tiny/config.yaml").read_text(encoding="utf-8")
    write_lesson(root, {"files": {"config.yaml": config + _PLANS}})
    return root


@pytest.fixture(scope="module")
def built(planned: Path) -> Site:
    build(planned, planned.parent / "docs")
    return Site("planned", planned.parent / "docs")


@pytest.mark.parametrize(
    "path", ["schedule.html", "instructor/schedule.html", "index.html", "instructor/index.html"]
)
def test_tables_have_clock_and_elapsed_times(path: str, built: Site) -> None:
    page = built.page(path)
    tables = page.select("table.timetable")
    assert [table.caption.get_text() for table in tables if table.caption] == [
        "Day 1, 2027-03-27",
        "Day 2, 2027-03-28",
        "Any day",
    ]
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in tables[0].select("tr")
    ]
    part = "Only “Stones”, without the sieve, and with a very long remark that takes more than one line"
    assert rows == [
        ["Start Elapsed", "Episode", "Minutes"],
        ["09:30 00h 00m", "Welcome; names, rules", "10"],
        ["09:40 00h 10m", f"2. Second {part}", "50"],
        ["10:30 01h 00m", "Coffee", "15"],
        ["10:45 01h 15m", "Finish", ""],
    ]
    assert tables[0].select_one('time[datetime="2027-03-27T09:40"]')
    assert tables[0].select_one('time[datetime="PT1H15M"]')
    assert [link["href"] for link in tables[1].select("a")] == ["01-first.html"]
    up = "../" if path.startswith("instructor") else ""
    assert [link["href"] for link in page.select("main a[download]")] == [f"{up}schedule-two-days.ics"]


def test_home_page_folds_plans(built: Site) -> None:
    """Open are those with dates; instructors also get the Workbench's schedule, and a page to print from the menu."""
    folds = built.page("index.html").select("#schedule > details")
    assert [fold.has_attr("open") for fold in folds] == [True, False]
    instructor = built.page("instructor/index.html")
    assert [fold.has_attr("open") for fold in instructor.select("#schedule > details")] == [
        True,
        False,
        False,
    ]
    assert instructor.select("#schedule > details:last-of-type .question")
    assert instructor.select('.desktop-nav a[href="schedule.html"]')


def test_page_of_the_same_name_stays_the_lessons_own(tmp_path: Path) -> None:
    config = (LESSONS / "tiny/config.yaml").read_text(encoding="utf-8") + _PLANS
    own = "---\ntitle: Our own\n---\n\nNothing is planned.\n"
    write_lesson(tmp_path / "lesson", {"files": {"config.yaml": config, "learners/schedule.md": own}})
    build(tmp_path / "lesson", tmp_path / "docs")
    made = Site("own", tmp_path / "docs")
    assert "Nothing is planned." in made.text("schedule.html")
    assert not made.page("instructor/index.html").select("#schedule > p > a")


def test_calendar_is_read_by_a_library(built: Site) -> None:
    """Both days are in the file, the second after the clocks went forward; no file for the plan without dates."""
    assert [path for path in built.files if path.endswith(".ics")] == ["schedule-two-days.ics"]
    raw = built.files["schedule-two-days.ics"].read_bytes()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw.count(b"\n") == raw.count(b"\r\n")
    events = Calendar.from_ical(raw).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == [
        "Welcome; names, rules",
        "Second",
        "Coffee",
        "First",
    ]
    assert str(events[1]["DESCRIPTION"]).endswith("a very long remark that takes more than one line")
    assert str(events[1]["URL"]) == "https://example-org.github.io/tiny/02-second.html"
    assert [event.decoded("DTSTART") for event in (events[0], events[3])] == [
        datetime(2027, 3, 27, 8, 30, tzinfo=UTC),
        datetime(2027, 3, 28, 7, 0, tzinfo=UTC),
    ]
    assert events[2].decoded("DTEND") == datetime(2027, 3, 27, 9, 45, tzinfo=UTC)
    assert len({str(event["UID"]) for event in events}) == 4
    assert {event.decoded("DTSTAMP") for event in events} == {datetime(2026, 1, 31, tzinfo=UTC)}


def _schedule(*arguments: str) -> tuple[int, bytes, str]:
    done = CliRunner().invoke(main, ["schedule", *arguments], catch_exceptions=False)
    return done.exit_code, done.stdout_bytes, done.stderr


def test_command_gives_a_plan_its_date(planned: Path, built: Site) -> None:
    """Times of a plan without a zone are those of any place; the same command gives the same bytes."""
    code, raw, _ = _schedule(str(planned), "--plan", "short", "--date", "2027-12-24")
    assert (code, raw) == _schedule(str(planned), "--plan", "short", "--date", "2027-12-24")[:2]
    events = Calendar.from_ical(raw).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == ["First", "Break"]
    assert events[1].decoded("DTSTART") == datetime(2027, 12, 24, 14, 15)
    code, raw, _ = _schedule(str(planned), "--date", "2027-06-01", "--date", "2027-06-08")
    last = Calendar.from_ical(raw).walk("VEVENT")[-1]
    assert (code, last.decoded("DTSTART")) == (0, datetime(2027, 6, 8, 7, tzinfo=UTC))
    assert _schedule(str(planned))[1] == built.files["schedule-two-days.ics"].read_bytes()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--plan", "none"], "there is no plan `none`. Plans are two-days, short."),
        (["--plan", "short"], "the plan has no dates. Say when it begins: `--date 2027-03-01`."),
        (["--date", "9999-12-31"], "the calendar ends before the plan does. Give an earlier `--date`."),
        (["--date", "2027-01-01"] * 3, "the plan has 2 days. Give `--date` once, or 2 times."),
    ],
)
def test_command_says_what_is_missing(arguments: list[str], says: str, planned: Path) -> None:
    assert _schedule(str(planned), *arguments) == (1, b"", f"error: config.yaml: {says}\n")


def test_command_without_plans() -> None:
    says = "error: config.yaml: the lesson has no plan. Add one below the key `timetable`.\n"
    assert _schedule(str(LESSONS / "tiny")) == (1, b"", says)


def test_our_plans_are_those_of_the_instructor_notes(site: Callable[[str], Site]) -> None:
    """The notes give the sums in minutes; of the recommended way they leave out the breaks.

    Of the others they give each item's minutes in brackets, in order. Further plans may be added.
    """
    plans = {plan.identifier: plan for plan in read_lesson(REPOSITORY).lesson.timetable}
    three, two, half = (plans[name] for name in ("three-half-days", "two-half-days", "half-a-day"))
    assert [item.slug[:2] for day in three.days for item in day.items if item.kind == "episode"] == [
        f"{number:02}" for number in range(1, 10)
    ]
    taught = [sum(item.minutes for item in day.items if item.kind != "break") for day in three.days]
    assert taught == [154, 181, 182]
    assert [day.minutes for day in (*two.days, *half.days)] == [235, 237, 180]
    notes = (REPOSITORY / "instructors/instructor-notes.md").read_text(encoding="utf-8")
    for said in (
        "(154 minutes)",
        "4–6 (181)",
        "7–9 (182)",
        "(235 minutes)",
        "(237 minutes)",
        "(180 minutes)",
    ):
        assert said in notes
    minutes_said = _minutes_said(notes, "**Two half days", "- **One long day")
    breaks = 30  # said once a day; no item is as long
    assert [minutes for minutes in minutes_said if minutes != breaks] == [
        item.minutes for day in two.days for item in day.items if item.kind != "break"
    ]
    minutes_said = _minutes_said(notes, "**Half a day", "- **One hour")
    *begin, responding, end = [item.minutes for day in half.days for item in day.items]
    assert minutes_said == [*begin, responding - 5, 5, end]  # of episode 9 in two parts
    assert len(site(OURS).page("schedule.html").select("table.timetable")) >= 6


def _minutes_said(notes: str, begin: str, end: str) -> list[int]:
    """The numbers in brackets between two places of the notes."""
    way = notes[notes.index(begin) : notes.index(end)]
    return [int(minutes) for minutes in re.findall(r"\((\d+)\)", way)]
