"""Boxes: callout, caution, prereq, checklist, discussion, testimonial, challenge, key points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spokeshave.blocks.html import attributes_html, escape
from spokeshave.blocks.sections import sections
from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node
from spokeshave.theme import icon

ICONS = {
    "callout": "bell",
    "caution": "alert-triangle",
    "prereq": "check",
    "checklist": "check-square",
    "discussion": "message-circle",
    "testimonial": "heart",
    "challenge": "zap",
    "keypoints": "key",
}
"""The kinds of boxes, each with the name of its icon."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box, ready to be written. `title` is HTML; empty: no title. `level` is its heading's."""

    kind: str
    identifier: str
    title: str
    level: int
    content: str
    classes: tuple[str, ...] = ()
    content_attributes: str = ""


def box_html(writer: Writer, box: Box) -> str:
    """The HTML of a box. Its one id is on the outermost element."""
    names = " ".join(dict.fromkeys(("callout", box.kind, *box.classes)))
    title = f'\n<h{box.level} class="callout-title">{box.title}</h{box.level}>' if box.title else ""
    return (
        f'<div id="{escape(box.identifier)}" class="{escape(names)}">\n'
        f'<div class="callout-square" aria-hidden="true">{icon(ICONS[box.kind], "callout-icon")}</div>\n'
        f'<span class="callout-header">{escape(writer.words[f"box_{box.kind}"])}</span>\n'
        f'<div class="callout-inner">{title}\n'
        f'<div class="callout-content"{box.content_attributes}>\n{box.content}\n</div>\n</div>\n</div>'
    )


def split_title(nodes: Sequence[Node]) -> tuple[Node | None, Sequence[Node]]:
    """A box's title is its first block if that is a heading with text. Returns it and the rest."""
    if nodes and nodes[0].kind == "heading" and nodes[0].children[0].token.content:
        return nodes[0], nodes[1:]
    return None, nodes


def content_html(writer: Writer, nodes: Sequence[Node], level: int = 0) -> str:
    """What stands inside a box or fold, under its heading of `level` if it has one.

    Headings in it open sections, yet none of the page's own.
    """
    before = writer.outline
    if level:
        writer.outline = writer.last_heading = level
    writer.depth += 1
    html = sections(writer, nodes)
    writer.depth -= 1
    writer.outline = before
    return html


def box_level(writer: Writer) -> int:
    """The level of a box's title: three, but two if it stands before the page's first `h2`."""
    return min(3, writer.outline + 1)


def given_attributes(writer: Writer, node: Node) -> str:
    """The id and the pairs that the author gave the div, for its content."""
    kept = {name: value for name, value in node.token.attrs.items() if name != "class"}
    if "id" in kept:
        kept["id"] = writer.unique_id(str(kept["id"]))
    return attributes_html(kept)


def box(writer: Writer, node: Node) -> str:
    """A box that is no challenge. Without a title its id is its kind and number on the page."""
    kind = node.classes[0]
    number = writer.number(kind)
    title, rest = split_title(node.children)
    level = box_level(writer) if title else 0
    content = content_html(writer, rest, level)
    if kind == "keypoints":
        writer.keypoints.append(content)
    identifier = title.identifier if title else writer.unique_id(f"{kind}{number}")
    return box_html(
        writer,
        Box(
            kind,
            identifier,
            writer.text_of(title) if title else "",
            level,
            content,
            node.classes[1:],
            given_attributes(writer, node),
        ),
    )
