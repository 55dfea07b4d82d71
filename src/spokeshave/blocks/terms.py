"""The lesson's own glossary: what its reference page says of each term, and where pages link to one.

A term is whatever a link can lead to: an id in the `dt` of a definition list, or that of a heading with text below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from urllib.parse import unquote

from spokeshave.blocks.body import Definition, Use
from spokeshave.blocks.html import NOTE_END, NOTE_START, USES, escape
from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node

REFERENCE = "learners/reference.md"
"""The page with the glossary, as in every Workbench lesson."""

_ID = re.compile(r'\s(?:id|name)="([^"\s]+)"')
_LINK_OR_NOTE = re.compile(rf'[{NOTE_START}{NOTE_END}]|<a\b[^>]*?\shref="reference\.html#([^"]+)"[^>]*>')
_OWN_ID = re.compile(r'\sid="([^"]+)"')


def is_glossary(writer: Writer) -> bool:
    """Whether the page being rendered is the one that defines the lesson's terms."""
    return writer.path == REFERENCE


def define(writer: Writer, named: str, term: str, html: str) -> str:
    """Remember `html` as the definition of every id in `named`; the first definition of an id counts.

    Returns the mark that stands where the uses of the term are listed; empty if `named` holds no id.
    """
    names = [unescape(name) for name in _ID.findall(named)]
    for name in names:
        writer.definitions.setdefault(name, Definition(term, html))
    return f"{USES}{' '.join(names)}{USES}" if names else ""


def define_headings(writer: Writer, nodes: Sequence[Node], parts: list[str], places: Sequence[int]) -> None:
    """Find the headings that are terms: with paragraphs below, and neither a deeper heading nor a list of terms.

    `places` says for each of `nodes` which of `parts` is its HTML; the marks of `define` are added to these.
    """
    for position, node in enumerate(nodes):
        if node.kind != "heading":
            continue
        end = position + 1
        while end < len(nodes) and nodes[end].kind == "paragraph":
            end += 1
        rest = next((other for other in nodes[end:] if other.kind in ("heading", "dl")), None)
        deeper = rest is not None and (rest.kind == "dl" or rest.token.tag > node.token.tag)
        if end > position + 1 and not deeper:
            html = "\n".join(parts[place] for place in places[position + 1 : end])
            parts[places[end - 1]] += define(writer, parts[places[position]], writer.text_of(node), html)


def with_uses(writer: Writer, html: str) -> tuple[str, Mapping[str, Use]]:
    """A page's HTML with an id at the first link to each term, and these links by term.

    The first is the first that learners see; where only notes for instructors link to a term, the first of these.
    """
    if "reference.html#" not in html or is_glossary(writer):
        return html, {}
    first = _first_links(html)
    uses: dict[str, Use] = {}
    pieces, end = [], 0
    for term, (link, in_note) in sorted(first.items(), key=lambda item: item[1][0].start()):
        own = _OWN_ID.search(link[0])
        anchor = unescape(own[1]) if own else writer.unique_id(f"use-{term}")
        uses[term] = Use(anchor, in_note=in_note)
        if not own:
            pieces += [html[end : link.start()], f'<a id="{escape(anchor)}"']
            end = link.start() + len("<a")
    return "".join((*pieces, html[end:])), uses


def _first_links(html: str) -> dict[str, tuple[re.Match[str], bool]]:
    """The first link to each term, and whether it stands in a note for instructors."""
    first: dict[str, tuple[re.Match[str], bool]] = {}
    depth = 0
    for found in _LINK_OR_NOTE.finditer(html):
        if found[1] is None:
            depth += 1 if found[0] == NOTE_START else -1
            continue
        term = unquote(unescape(found[1]))
        if term.split() != [term]:  # no such id can be
            continue
        if term not in first or (first[term][1] and not depth):
            first[term] = (found, depth > 0)
    return first
