"""What pages say to machines: Bioschemas' LearningResource, and the text of descriptions."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape

from markupsafe import Markup

from spokeshave.lesson import Lesson, Page

_TAG = re.compile(r"<[^>]*>")
_LONGEST = 200
"""Characters of a page's description; search engines show no more."""


def learning_resource(lesson: Lesson, address: str, title: str, page: Page | None, language: str) -> Markup:
    """JSON-LD of one page. Dates are those of the sources, so that it is the same on every build.

    Source: Bioschemas LearningResource profile 1.0.
    """
    settings = lesson.settings
    changed = page.updated if page and page.updated else newest(lesson)
    described: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "@id": address,
        "http://purl.org/dc/terms/conformsTo": {
            "@type": "CreativeWork",
            "@id": "https://bioschemas.org/profiles/LearningResource/1.0-RELEASE",
        },
        "description": settings.description or f"A lesson: {settings.title}",
        "keywords": settings.keywords,
        "name": title,
        "creativeWorkStatus": "active",
        "url": address,
        "identifier": address,
        "inLanguage": language,
        "dateCreated": settings.created,
        "dateModified": changed,
        "datePublished": newest(lesson),
    }
    known = {
        key: str(value) if isinstance(value, date) else value for key, value in described.items() if value
    }
    # "</" would end the script element that holds this.
    return Markup(json.dumps(known, ensure_ascii=False, indent=2).replace("</", "<\\/"))


def newest(lesson: Lesson) -> date | None:
    """When a page of the lesson was last changed."""
    pages = (lesson.home, *lesson.episodes, *lesson.learners, *lesson.instructors)
    return max((page.updated for page in pages if page.updated), default=None)


def describe(html: str, fallback: str) -> str:
    """The first words of a page, as plain text, for search engines and link previews."""
    for paragraph in re.finditer(r"<p>(.*?)</p>", html, re.DOTALL):
        text = plain(paragraph[1])
        if len(text) > 40:
            break
    else:
        return fallback
    if len(text) <= _LONGEST:
        return text
    return text[: _LONGEST - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def plain(html: str) -> str:
    """The text of inline HTML."""
    return " ".join(unescape(_TAG.sub("", html)).split())
