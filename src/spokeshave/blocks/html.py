"""Small pieces of HTML: attributes, and the marks that tell the two views of a page apart."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it.common.utils import escapeHtml as escape

__all__ = [
    "HTML_FORMATS",
    "NOTE_END",
    "NOTE_START",
    "ROOT",
    "SECTION_START",
    "SOURCES",
    "USES",
    "attributes_html",
    "escape",
    "for_instructors",
    "in_view",
    "open_solutions",
    "solution",
    "unmarked_solutions",
    "without_solutions",
]

HTML_FORMATS = ("html", "html4", "html5")
"""What pandoc calls raw HTML; raw text of other formats is left out."""
ROOT = "\x01"
"""Stands in front of links to files: nothing in the learner view, `../` in the instructor view."""
SOURCES = "\x06"
"""Stands in front of links to files that are no part of the site: where the sources can be read."""
USES = "\x07"
"""Stands around the ids of terms, where the glossary lists which pages use them."""
SECTION_START = "\x10"
"""Stands below the heading of each of a page's own sections, where instructors of an episode see its minutes."""
NOTE_START, NOTE_END = "\x02", "\x03"
_INNERMOST_NOTE = re.compile(f"{NOTE_START}[^{NOTE_START}{NOTE_END}]*{NOTE_END}")

_SOLUTION_START, _SOLUTION_END = "\x0e", "\x0f"
_INNERMOST_SOLUTION = re.compile(f"{_SOLUTION_START}[^{_SOLUTION_START}{_SOLUTION_END}]*{_SOLUTION_END}")
_FOLDED = re.compile(f"{_SOLUTION_START}(<div[^>]*>\\s*<details)")
_USES = re.compile(f"{USES}[^{USES}]*{USES}")

_HTML_ATTRIBUTES = frozenset(
    """
    abbr accept accesskey action align allow allowfullscreen alt async autocomplete autofocus autoplay charset
    checked cite class color cols colspan content contenteditable controls coords crossorigin datetime decoding default
    defer dir disabled download draggable enctype enterkeyhint for form frameborder headers height hidden high
    href hreflang id inert inputmode ismap itemid itemprop itemref itemscope itemtype kind label lang list
    loading loop low max maxlength media method min minlength multiple muted name nonce open optimum pattern
    placeholder playsinline popover popovertarget poster preload readonly referrerpolicy rel required reversed
    role rows rowspan sandbox scope selected shape size sizes slot span spellcheck src srcdoc srclang srcset
    start step style tabindex target title translate type usemap value width wrap
    """.split()
)


def attributes_html(attributes: Mapping[str, str | int | float]) -> str:
    """Attributes as HTML, each with a blank in front. Names that HTML does not know get `data-`."""
    parts = []
    for name, value in attributes.items():
        known = name in _HTML_ATTRIBUTES or name.startswith(("data-", "aria-"))
        parts.append(f' {name if known else "data-" + name}="{escape(str(value))}"')
    return "".join(parts)


def for_instructors(html: str) -> str:
    """Mark `html` as not being part of the learner view."""
    return f"{NOTE_START}{html}{NOTE_END}"


def solution(html: str) -> str:
    """Mark `html` as the solution of the challenge around it."""
    return f"{_SOLUTION_START}{html}{_SOLUTION_END}"


def unmarked_solutions(html: str) -> str:
    """`html` with its solutions as they are, without the marks of `solution`."""
    return html.replace(_SOLUTION_START, "").replace(_SOLUTION_END, "")


def open_solutions(html: str) -> str:
    """`html` with its solutions unfolded."""
    return unmarked_solutions(_FOLDED.sub(r"\1 open", html))


def without_solutions(html: str) -> str:
    """`html` without its solutions."""
    while _SOLUTION_START in html:
        html = _INNERMOST_SOLUTION.sub("", html)
    return html


def in_view(html: str, *, instructor: bool, sources: str = "") -> str:
    """The HTML of one view, from HTML that holds the marks of this module.

    `sources` is the address below which the lesson's sources can be read.
    """
    if USES in html:
        html = _USES.sub("", html)
    if SECTION_START in html:
        html = html.replace(SECTION_START, "")
    if SOURCES in html:
        html = html.replace(SOURCES, escape(sources))
    if instructor:
        return html.replace(NOTE_START, "").replace(NOTE_END, "").replace(ROOT, "../")
    while NOTE_START in html:
        html = _INNERMOST_NOTE.sub("", html)
    return html.replace(ROOT, "")
