"""The overview card: questions on the left, objectives on the right, where the second of them stands."""

from __future__ import annotations

from collections.abc import Iterator

from spokeshave.blocks.boxes import content_html
from spokeshave.blocks.html import escape
from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node


def overview(writer: Writer, node: Node) -> str:
    """The card, if `node` is the last of the page's questions and objectives; else nothing.

    A page that has only one of the two still shows it.
    """
    if not any(node is part for part in writer.overview):
        return _card(writer, [node])
    if node is writer.overview[-1]:
        return _card(writer, sorted(writer.overview, key=lambda part: "questions" not in part.classes))
    return ""


def find_overview(nodes: Iterator[Node]) -> tuple[Node, ...]:
    """The page's first questions and its first objectives, in the order of the text.

    One that stands inside the other is not found: it has a card of its own there. So has one in an
    instructor note, whose text must not get into a card that learners see.
    """
    found: dict[str, Node] = {}
    inside: set[int] = set()
    for node in nodes:
        if node.kind != "div" or id(node) in inside:
            continue
        kind = next((name for name in ("questions", "objectives") if name in node.classes), None)
        if kind is not None and kind not in found:
            found[kind] = node
        if kind in found or (kind is None and "instructor" in node.classes):
            inside.update(map(id, node.walk()))
    return tuple(found.values())


def _card(writer: Writer, parts: list[Node]) -> str:
    # What follows stands beside the card's heading, not under it, but may be one level lower.
    writer.outline = 2
    columns = "\n".join(_column(writer, part, alone=len(parts) == 1) for part in parts)
    title = escape(writer.words["overview"])
    return (
        f'<div class="overview card">\n<h2 class="card-header">{title}</h2>\n'
        f'<div class="row g-0">\n{columns}\n</div>\n</div>'
    )


def _column(writer: Writer, part: Node, *, alone: bool) -> str:
    asks = "questions" in part.classes
    body = [child for child in part.children if child.kind != "heading"]
    content = content_html(writer, body, 3)
    if asks:
        writer.questions.extend(_points(writer, body))
    elif any(part is shown for shown in writer.overview):
        writer.objectives.extend(_points(writer, body))
    width = "col-md-12" if alone else "col-md-4" if asks else "col-md-8"
    inner = "inner" if asks else "inner bordered"
    title = escape(writer.words["questions" if asks else "objectives"])
    return (
        f'<div class="{width}">\n<div class="card-body">\n<div class="{inner}">\n'
        f'<h3 class="card-title">{title}</h3>\n{content}\n</div>\n</div>\n</div>'
    )


def _points(writer: Writer, nodes: list[Node]) -> Iterator[str]:
    """The questions or objectives one by one: the items of the lists; without any, the paragraphs."""
    items = [item for node in nodes if node.kind in ("bullet_list", "ordered_list") for item in node.children]
    for item in items:
        texts = [writer.text_of(child) for child in item.children if child.kind == "paragraph"]
        yield " ".join(texts)
    if not items:
        yield from (writer.text_of(node) for node in nodes if node.kind == "paragraph")
