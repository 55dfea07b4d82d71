"""The lesson's own glossary on its pages: definitions beside the links to terms, and uses beside the definitions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from spokeshave.blocks.body import Body, Use
from spokeshave.blocks.html import USES
from spokeshave.blocks.terms import REFERENCE
from spokeshave.pages.edition import Edition, Episode
from spokeshave.pages.titles import title_html

_IDS = re.compile(r'\s(?:id|for|headers|aria-labelledby|aria-controls|aria-describedby)="[^"]*"')
_ANCHOR_LINK = re.compile(r'<a class="anchor"[^>]*></a>')
_WITHIN_PAGE = re.compile(r'(?<=\shref=")#')
_MARK = re.compile(f"{USES}([^{USES}]*){USES}")


def popovers(edition: Edition, uses: Iterable[str]) -> Markup:
    """The definitions of the terms that a page links to, hidden until the script shows one beside its link."""
    reference = edition.bodies.get(REFERENCE)
    if reference is None:
        return Markup()
    known = [(term, reference.definitions[term]) for term in uses if term in reference.definitions]
    if not known:
        return Markup()
    notes = "\n".join(
        f'<div class="term-note" popover role="note"><b>{_moved(found.term)}</b>\n'
        f'<div id="{escape("term-" + term)}">{_moved(found.html)}</div>\n'
        f'<a href="reference.html#{escape(term)}">{escape(edition.words["see_in_glossary"])}</a></div>'
        for term, found in known
    )
    return edition.in_view(f"\n{notes}")


def used_terms(edition: Edition, body: Body) -> Iterator[str]:
    """The terms that a page links to in this view."""
    return (term for term, use in body.uses.items() if edition.instructor or not use.in_note)


def glossary_with_uses(edition: Edition, html: str, episodes: Sequence[Episode]) -> str:
    """The reference page's HTML (for both views), with a line on its uses after each definition that has some."""
    if USES not in html:
        return html
    lines = {term: ", ".join(links) for term, links in _links(edition, episodes).items()}

    def line(match: re.Match[str]) -> str:
        used = next((lines[term] for term in match[1].split(" ") if term in lines), "")
        sentence = escape(edition.words["used_in"]).format(pages=Markup(used))
        return f'\n<p class="term-uses">{sentence}</p>' if used else ""

    return _MARK.sub(line, html)


def _links(edition: Edition, episodes: Sequence[Episode]) -> Mapping[str, list[str]]:
    """Links to the first use of each term on each page, in the order of the lesson."""
    found: dict[str, list[str]] = {}
    for name, title, uses in _pages(edition, episodes):
        for term, use in uses.items():
            if edition.instructor or not use.in_note:
                link = f'<a href="{escape(name)}#{escape(use.anchor)}">{title}</a>'
                found.setdefault(term, []).append(link)
    return found


def _pages(edition: Edition, episodes: Sequence[Episode]) -> Iterator[tuple[str, Markup, Mapping[str, Use]]]:
    """File name, title and uses of the pages that a term may be used on."""
    lesson, bodies = edition.lesson, edition.bodies
    home = bodies[lesson.home.path].uses
    setup = bodies[lesson.setup.path].uses if lesson.setup else {}
    # Both stand on one page, where the summary keeps its ids: so its links win.
    entries = zip(
        edition.sidebar.entries,
        ({**setup, **home}, *(episode.body.uses for episode in episodes)),
        strict=True,
    )
    for entry, uses in entries:
        number = f"{entry.number}. " if entry.number else ""
        yield entry.href, number + entry.title, uses
    for page in (*lesson.learners, *lesson.instructors, *lesson.others):
        yield f"{page.slug}.html", title_html(page), bodies[page.path].uses


@lru_cache(maxsize=4096)
def _moved(html: str) -> str:
    """HTML of the reference page as it can stand on another page: without ids, its links leading back."""
    return _WITHIN_PAGE.sub("reference.html#", _IDS.sub("", _ANCHOR_LINK.sub("", html)))
