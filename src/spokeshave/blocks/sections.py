"""Sections: each heading opens one, which lasts to the next heading of its level or above."""

from __future__ import annotations

from collections.abc import Sequence

from spokeshave.blocks.body import Heading
from spokeshave.blocks.html import SECTION_START, attributes_html, escape
from spokeshave.blocks.terms import define_headings, is_glossary
from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node


def sections(writer: Writer, nodes: Sequence[Node]) -> str:
    """Blocks one after another, nested into sections by their headings."""
    parts: list[str] = []
    open_sections: list[tuple[int, str]] = []
    places: list[int] = []
    for node in nodes:
        level = _opened_level(writer, node)
        while level and open_sections and open_sections[-1][0] >= level:
            parts.append(open_sections.pop()[1])
        places.append(len(parts))
        if node.kind == "heading" and level:
            opening, closing = _open(writer, node, level)
            parts.append(opening)
            open_sections.append((level, closing))
        else:
            parts.append(writer.block(node))
    if is_glossary(writer):
        define_headings(writer, nodes, parts, places)
    parts.extend(closing for _, closing in reversed(open_sections))
    return "\n".join(parts)


def _opened_level(writer: Writer, node: Node) -> int:
    """The level of the section that `node` opens, or 0.

    A div that is no special one and begins with a heading ends a section as that heading would.
    """
    if node.kind == "heading":
        return int(node.token.tag[1])
    if merged_heading(writer, node):
        return int(node.children[0].token.tag[1])
    return 0


def merged_heading(writer: Writer, node: Node) -> bool:
    """Whether `node` is a div that pandoc makes one with the section of its first heading."""
    if node.kind != "div" or not node.children or node.children[0].kind != "heading":
        return False
    if writer.div_kind(node):
        return False
    level = int(node.children[0].token.tag[1])
    return not any(0 < _opened_level(writer, child) <= level for child in node.children[1:])


def opens_page_section(writer: Writer, node: Node) -> bool:
    """Whether a heading opens one of the page's own sections, those that the sidebar lists."""
    return node.token.tag == "h2" and not writer.depth and not node.classes


def _open(writer: Writer, node: Node, level: int) -> tuple[str, str]:
    rest = {name: value for name, value in node.token.attrs.items() if name not in ("id", "class")}
    attributes = attributes_html(
        rest
    )  # they are the section's, as with pandoc: `{lang=es}` is for its text, too
    if opens_page_section(writer, node):
        html = writer.text_of(node)
        writer.sections.append(Heading(node.identifier, html))
        heading = heading_html(writer, node, html, "section-heading")
        return f'<section{attributes}>\n{heading}\n<hr class="half-width">{SECTION_START}', "</section>"
    names = " ".join(("section", f"level{level}", *node.classes))
    return (
        f'<div class="{escape(names)}"{attributes}>\n{heading_html(writer, node, writer.text_of(node))}',
        "</div>",
    )


def heading_html(writer: Writer, node: Node, html: str, classes: str = "", *, anchor: bool = True) -> str:
    """A heading element with its id and, unless it is empty, a link to itself."""
    writer.outline = writer.last_heading = int(node.token.tag[1])
    tag, identifier = node.token.tag, escape(node.identifier)
    named = f' class="{classes}"' if classes else ""
    link = ""
    if anchor and html:
        label = escape(writer.words["anchor"])
        link = f'<a class="anchor" aria-label="{label}" href="#{identifier}"></a>'
    return f'<{tag}{named} id="{identifier}">{html}{link}</{tag}>'
