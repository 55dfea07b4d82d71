"""What stands around the text on every page of a view: menus, sidebar, badge, footer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from markupsafe import Markup

from spokeshave.blocks.body import Body
from spokeshave.lesson import Lesson, Page, Settings, View
from spokeshave.pages import timetable
from spokeshave.pages.context import Badge, Link, Site
from spokeshave.pages.exercises import exercise_links
from spokeshave.pages.notebook_links import has_notebooks
from spokeshave.pages.titles import title_html

_ICONS = {"swc": "software", "dc": "data", "lc": "library", "cp": "carpentries"}
_STAGES_PAGE = "https://docs.carpentries.org/resources/curriculum/lesson-life-cycle.html"
_MATOMO = (
    '<script>var _paq=window._paq=window._paq||[];_paq.push(["trackPageView"]);_paq.push(["enableLinkTracking"]);'
    '(function(){var u="https://carpentries.matomo.cloud/";_paq.push(["setTrackerUrl",u+"matomo.php"]);'
    '_paq.push(["setSiteId","1"]);var d=document,g=d.createElement("script"),s=d.getElementsByTagName("script")[0];'
    'g.async=true;g.src="https://cdn.matomo.cloud/carpentries.matomo.cloud/matomo.js";s.parentNode.insertBefore(g,s);'
    "})();</script>"
)


def site_context(
    lesson: Lesson,
    bodies: Mapping[str, Body],
    view: View,
    words: Mapping[str, str],
    assets: tuple[str, str],
    *,
    has_exercises: bool,
) -> Site:
    """What is the same on all pages of a view. `assets` are the paths of the stylesheet and of the script."""
    settings = lesson.settings
    instructor = view == "instructor"
    learners = tuple(_learner_links(lesson, words, has_exercises=has_exercises))
    return Site(
        title=settings.title,
        language=settings.language.replace("_", "-"),
        words=words,
        view=view,
        root="../" if instructor else "",
        stylesheet=assets[0],
        script=assets[1],
        lesson_key=_lesson_key(settings),
        carpentry=settings.carpentry,
        carpentry_icon=_ICONS.get(settings.carpentry, settings.carpentry),
        carpentry_description=settings.carpentry_description,
        badge=_badge(settings, words),
        menu=tuple(_menu(lesson, bodies, words, instructor=instructor)),
        more=_page_links(lesson.instructors) if instructor else learners,
        more_learners=learners if instructor else (),
        languages_default=settings.languages_default,
        languages=tuple(Link(Markup.escape(other.language), other.address) for other in settings.languages),
        overview=settings.overview,
        has_all_in_one=bool(lesson.episodes),
        has_exercises=has_exercises,
        copy=settings.copy,
        handout=settings.handout,
        source=settings.source,
        license=settings.license,
        license_href=_license_link(lesson),
        contact=settings.contact,
        cite_href=_cite_link(lesson),
        contributing_href=_source_link(lesson, "CONTRIBUTING.md"),
        conduct_href=_conduct_link(lesson),
        analytics=Markup(_MATOMO if settings.analytics == "carpentries" else settings.analytics),
    )


def _learner_links(lesson: Lesson, words: Mapping[str, str], *, has_exercises: bool) -> Iterable[Link]:
    """The learners' extra pages: the lesson's own, then those that are made of its episodes."""
    yield from _page_links(lesson.learners)
    if has_exercises:
        yield from exercise_links(words)
    if has_notebooks(lesson):
        yield Link(Markup.escape(words["notebooks"]), "notebooks.html")


def _lesson_key(settings: Settings) -> str:
    """Stays the same as long as the lesson's home does, whatever its texts become."""
    home = settings.source or settings.url or settings.title
    return hashlib.sha256(home.encode()).hexdigest()[:8]


def _page_links(pages: Iterable[Page]) -> tuple[Link, ...]:
    return tuple(Link(title_html(page), f"{page.slug}.html") for page in pages)


def _menu(
    lesson: Lesson, bodies: Mapping[str, Body], words: Mapping[str, str], *, instructor: bool
) -> Iterable[Link]:
    """The fixed entries of the menu; none leads to a page that the lesson does not have."""
    if lesson.settings.overview:
        if lesson.setup:
            yield Link(Markup.escape(words["setup"]), "index.html#setup")
    elif lesson.episodes:
        yield Link(Markup.escape(words["key_points"]), "key-points.html")
    if instructor:
        if lesson.instructor_notes:
            yield Link(Markup.escape(words["instructor_notes"]), "instructor-notes.html")
        if timetable.has_timetable_page(lesson):
            yield Link(Markup.escape(words["schedule"]), timetable.PAGE)
        if lesson.episodes:
            yield Link(Markup.escape(words["extract_all_images"]), "images.html")
        return
    reference = next((page for page in lesson.learners if page.slug == "reference"), None)
    if reference:
        anchor = "#glossary" if 'id="glossary"' in bodies[reference.path].html else ""
        yield Link(Markup.escape(words["glossary"]), f"reference.html{anchor}")
    yield Link(Markup.escape(words["learner_profiles"]), "profiles.html")


def _badge(settings: Settings, words: Mapping[str, str]) -> Badge | None:
    """The life-cycle stage; a stable lesson shows its peer review if it has a DOI, else nothing."""
    if settings.life_cycle == "stable":
        if not settings.doi:
            return None
        doi = settings.doi.removeprefix("https://doi.org/")
        explanation = words["badge_peer_reviewed_explanation"]
        text = words["badge_peer_reviewed"].format(doi=doi)
        return Badge("peer-reviewed", text, explanation, explanation, f"https://doi.org/{doi}")
    if not settings.life_cycle:
        return None
    key = settings.life_cycle.replace("-", "_")
    explanation = words[f"badge_{key}_explanation"]
    return Badge(settings.life_cycle, words[f"badge_{key}"], explanation, explanation, _STAGES_PAGE)


def _cite_link(lesson: Lesson) -> str:
    """The citation page, or the file CITATION in the repository, or nothing."""
    if lesson.citation is not None:
        return "citation.html"
    return _source_link(lesson, "CITATION")


def _source_link(lesson: Lesson, name: str) -> str:
    settings = lesson.settings
    exists = settings.source and (lesson.root / name).is_file()
    return f"{settings.source}/blob/{settings.branch}/{name}" if exists else ""


def _conduct_link(lesson: Lesson) -> str:
    """The lesson's own page, else The Carpentries' code of conduct."""
    if any(page.slug == "CODE_OF_CONDUCT" for page in lesson.others):
        return "CODE_OF_CONDUCT.html"
    return "https://docs.carpentries.org/policies/coc/"


def _license_link(lesson: Lesson) -> str:
    """The address that the settings give; the lesson's own page only where there is one."""
    address = lesson.settings.license_url
    if address == "LICENSE.html" and all(page.slug != "LICENSE" for page in lesson.others):
        return _source_link(lesson, "LICENSE")
    return address
