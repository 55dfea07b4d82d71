"""What pages say to machines: JSON-LD by the profiles of Bioschemas.

Sources: the TrainingMaterial profile 1.0-RELEASE, which is for schema.org's LearningResource, and the Course profile
1.0-RELEASE, https://bioschemas.org/profiles/
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from spokeshave.lesson import Lesson, Page
from spokeshave.pages.plain_text import plain
from spokeshave.pages.titles import title_text

_CREATIVE_COMMONS = re.compile(r"CC[- ](BY(?:-[A-Z]{2})*)[- ](\d\.\d)$")


def learning_resource(
    lesson: Lesson, address: str, title: str, description: str, page: Page | None, objectives: Sequence[str]
) -> Markup:
    """JSON-LD of one page. Dates are those of the sources, so that it is the same on every build.

    `objectives` are HTML.
    """
    changed = page.updated if page and page.updated else newest(lesson)
    return _json_ld(
        {
            **_common(lesson, "LearningResource", "TrainingMaterial", address),
            "name": title,
            "description": description,
            "identifier": address,
            "learningResourceType": "lesson",
            "creativeWorkStatus": "Under development" if lesson.settings.life_cycle != "stable" else "Active",
            "timeRequired": _duration(page.minutes - page.pause) if page and page in lesson.episodes else "",
            "teaches": [plain(objective) for objective in objectives],
            "isPartOf": {"@type": "Course", "@id": f"{lesson.settings.url}#course"} if address else "",
            "dateCreated": lesson.settings.created,
            "dateModified": changed,
            "datePublished": newest(lesson),
        }
    )


def course(lesson: Lesson, description: str, objectives: Sequence[str]) -> Markup:
    """JSON-LD of the whole lesson."""
    settings = lesson.settings
    return _json_ld(
        {
            **_common(lesson, "Course", "Course", settings.url),
            "@id": f"{settings.url}#course",
            "name": settings.title,
            "description": description,
            "provider": {"@type": "Organization", "name": settings.carpentry_description},
            "timeRequired": _duration(sum(page.minutes for page in lesson.episodes)),
            "teaches": [plain(objective) for objective in objectives],
            "hasPart": [
                {"@type": "LearningResource", "@id": address, "url": address, "name": title_text(page)}
                for page in lesson.episodes
                if (address := f"{settings.url}{page.slug}.html")
            ],
            "dateCreated": settings.created,
            "dateModified": newest(lesson),
        }
    )


def _common(lesson: Lesson, kind: str, profile: str, address: str) -> dict[str, object]:
    """What pages and lesson both say."""
    settings = lesson.settings
    return {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": address,
        "http://purl.org/dc/terms/conformsTo": {
            "@type": "CreativeWork",
            "@id": f"https://bioschemas.org/profiles/{profile}/1.0-RELEASE",
        },
        "keywords": settings.keywords,
        "url": address,
        "inLanguage": settings.language.replace("_", "-"),
        "license": _license(lesson),
    }


def _license(lesson: Lesson) -> object:
    """The license: an address where it is one that all know, else its name and where it can be read."""
    settings = lesson.settings
    known = _CREATIVE_COMMONS.match(settings.license)
    if known:
        return f"https://creativecommons.org/licenses/{known[1].lower()}/{known[2]}/"
    address = settings.license_url
    if "://" not in address:
        address = f"{settings.url}{address}" if settings.url and address else ""
    return {"@type": "CreativeWork", "name": settings.license} | ({"url": address} if address else {})


def _duration(minutes: int) -> str:
    """ISO 8601, as in PT1H25M."""
    hours, rest = divmod(minutes, 60)
    return f"PT{f'{hours}H' if hours else ''}{f'{rest}M' if rest or not hours else ''}"


def _json_ld(described: dict[str, object]) -> Markup:
    known = {
        key: str(value) if isinstance(value, date) else value for key, value in described.items() if value
    }
    # "</" would end the script element that holds this.
    return Markup(json.dumps(known, ensure_ascii=False, indent=1).replace("</", "<\\/"))


def newest(lesson: Lesson) -> date | None:
    """When a page of the lesson was last changed."""
    pages = (lesson.home, *lesson.episodes, *lesson.learners, *lesson.instructors)
    return max((page.updated for page in pages if page.updated), default=None)
