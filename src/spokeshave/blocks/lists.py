"""Lists: bullets, numbers of any style, examples, tasks."""

from __future__ import annotations

from spokeshave.blocks.html import attributes_html
from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node

_TYPES = {"decimal": "1", "lower-alpha": "a", "upper-alpha": "A", "lower-roman": "i", "upper-roman": "I"}
"""HTML's own names of the styles that the Workbench gives in CSS."""


def bullet_list(writer: Writer, node: Node) -> str:
    tasks = bool(node.children) and all("checked" in item.token.meta for item in node.children)
    classes = ' class="task-list"' if tasks else ""
    return f"<ul{classes}>\n{_items(writer, node)}\n</ul>"


def ordered_list(writer: Writer, node: Node) -> str:
    """An ordered list. Its style is given twice, for browsers and for what reads plain HTML."""
    style = node.token.info
    attributes: dict[str, str | int | float] = {"class": "example"} if style == "example" else {}
    if "start" in node.token.attrs:
        attributes["start"] = node.token.attrs["start"]
    if style:
        css = "decimal" if style == "example" else style
        attributes |= {"style": f"list-style-type: {css}", "type": _TYPES[css]}
    return f"<ol{attributes_html(attributes)}>\n{_items(writer, node)}\n</ol>"


def _items(writer: Writer, node: Node) -> str:
    return "\n".join([list_item(writer, item) for item in node.children])


def list_item(writer: Writer, node: Node) -> str:
    if "checked" in node.token.meta:
        return f"<li>{_task(writer, node)}</li>"
    return f"<li>{writer.blocks(node.children)}</li>"


def _task(writer: Writer, node: Node) -> str:
    """A task: its text labels its box. The box is for readers to tick, as in the Workbench."""
    first, rest = node.children[0], node.children[1:]
    checked = " checked" if node.token.meta["checked"] else ""
    label = f'<label><input type="checkbox"{checked}>{writer.text_of(first)}</label>'
    text = label if first.token.hidden else f"<p>{label}</p>"
    return f"{text}\n{writer.blocks(rest)}" if rest else text
