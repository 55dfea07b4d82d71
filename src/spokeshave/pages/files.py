"""Files of the site that are no pages: sitemap, checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from urllib.parse import quote
from xml.sax.saxutils import escape

from spokeshave.lesson import Lesson, Page


def sitemap(lesson: Lesson, paths: Iterable[str]) -> str:
    """Every page of both views, for search engines."""
    pages = sorted(path for path in paths if path.endswith(".html") and not path.endswith("404.html"))
    urls = "\n".join(f"  <url><loc>{escape(lesson.settings.url + quote(path))}</loc></url>" for path in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}\n</urlset>\n'
    )


def checksums(lesson: Lesson) -> str:
    """The Workbench's list of sources: file, MD5, built name, date of the last change."""
    lines = ['"file"\t"checksum"\t"built"\t"date"']
    for page in _all_pages(lesson):
        # MD5 because the Workbench's file has it; nothing here is a matter of security.
        digest = hashlib.md5(page.text.encode(), usedforsecurity=False).hexdigest()
        built = f"site/built/{PurePosixPath(page.path).name}"
        lines.append(f'"{page.path}"\t"{digest}"\t"{built}"\t"{page.updated or ""}"')
    return "\n".join(lines) + "\n"


def _all_pages(lesson: Lesson) -> Iterator[Page]:
    yield from lesson.others
    yield lesson.home
    yield from lesson.episodes
    yield from (page for page in (lesson.instructor_notes,) if page)
    yield from lesson.instructors
    yield from (page for page in (lesson.setup,) if page)
    yield from (*lesson.learners, *lesson.profiles)
