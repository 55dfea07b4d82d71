"""Tables, each in a box of its own that scrolls where the table is wider than the screen.

A table takes the width that its cells need; columns with widths share it as their author has it.
"""

from __future__ import annotations

from spokeshave.blocks.html import attributes_html
from spokeshave.blocks.writer import BlockRenderer, Writer
from spokeshave.markdown import Node


def table(writer: Writer, node: Node) -> str:
    attributes = dict(node.token.attrs)
    own = str(attributes.pop("class", ""))
    named = {"class": f"table {own}".strip()}
    parts = [writer.block(child) for child in node.children]
    columns = _columns(node.token.meta.get("widths", ()))
    if columns:
        # After the caption, which HTML wants first.
        parts.insert(1 if node.children and node.children[0].kind == "caption" else 0, columns)
    html = "\n".join(parts)
    opening = f'<div class="table-wrapper">\n<table{attributes_html({**named, **attributes})}>'
    return f"{opening}\n{html}\n</table>\n</div>"


def _columns(widths: list[float]) -> str:
    columns = [f'<col style="width: {int(width * 100)}%">' for width in widths]
    return "\n".join(["<colgroup>", *columns, "</colgroup>"]) if columns else ""


def part(tag: str) -> BlockRenderer:
    """A row, or a group of rows."""

    def render(writer: Writer, node: Node) -> str:
        return f"<{tag}>\n{writer.blocks(node.children)}\n</{tag}>"

    return render


def cell(tag: str) -> BlockRenderer:
    """A cell or a caption: inline text, or blocks."""

    def render(writer: Writer, node: Node) -> str:
        return f"<{tag}{attributes_html(node.token.attrs)}>{writer.blocks(node.children)}</{tag}>"

    return render
