"""Definition lists."""

from __future__ import annotations

from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node


def definition_list(writer: Writer, node: Node) -> str:
    return f"<dl>\n{writer.blocks(node.children)}\n</dl>"


def term(writer: Writer, node: Node) -> str:
    return f"<dt>{writer.text_of(node)}</dt>"


def definition(writer: Writer, node: Node) -> str:
    writer.depth += 1
    html = writer.blocks(node.children)
    writer.depth -= 1
    return f"<dd>{html}</dd>"
