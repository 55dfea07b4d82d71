"""Paragraphs, headings outside sections, quotes, rules, raw blocks."""

from __future__ import annotations

from collections.abc import Sequence

from spokeshave.blocks.figure import figure, lone_image
from spokeshave.blocks.html import HTML_FORMATS, attributes_html
from spokeshave.blocks.raw_html import lone_raw_image, raw_html
from spokeshave.blocks.sections import heading_html, merged_heading, sections
from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node


def paragraph(writer: Writer, node: Node) -> str:
    """A paragraph, or a figure if all it holds is an image. In tight lists: its bare text."""
    image = lone_image(node)
    if image is not None:
        return figure(writer, image)
    if node.token.hidden:
        return writer.text_of(node)
    raw = lone_raw_image(writer, node.children[0].token.children or ())
    return raw or f"<p>{writer.text_of(node)}</p>"


def heading(writer: Writer, node: Node) -> str:
    """A heading that opens no section, because it stands in a list or a quote."""
    return heading_html(writer, node, writer.text_of(node), anchor=False)


def block_quote(writer: Writer, node: Node) -> str:
    return f"<blockquote>\n{writer.blocks(node.children)}\n</blockquote>"


def rule(writer: Writer, node: Node) -> str:
    return "<hr>"


def raw_block(writer: Writer, node: Node) -> str:
    """A raw block of HTML; of any other format: nothing."""
    return raw_html(writer, node.token.content) if node.token.info in HTML_FORMATS else ""


def inline(writer: Writer, node: Node) -> str:
    return writer.inline(node.token.children or ())


def plain_div(writer: Writer, node: Node) -> str:
    """A div of a kind that means nothing to the Workbench: itself, with sections inside.

    If it begins with a heading, div and section are one element, as in pandoc.
    """
    attributes = dict(node.token.attrs)
    children: Sequence[Node] = node.children
    start = ""
    writer.depth += 1
    if merged_heading(writer, node) and not node.identifier:
        heading, children = children[0], children[1:]
        start = heading_html(writer, heading, writer.text_of(heading)) + "\n"
        names = ("section", f"level{heading.token.tag[1]}", *heading.classes, *node.classes)
        attributes["class"] = " ".join(names)
    html = sections(writer, children)
    writer.depth -= 1
    return f"<div{attributes_html(attributes)}>\n{start}{html}\n</div>"
