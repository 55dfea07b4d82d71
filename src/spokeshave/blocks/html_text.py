"""Blocks of raw HTML."""

from __future__ import annotations

from spokeshave.blocks.raw_html import raw_html, rewrite_addresses
from spokeshave.blocks.sections import sections
from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node


def html_block(writer: Writer, node: Node) -> str:
    """A piece of raw HTML, or an element with its content; headings in it open no page sections."""
    if node.token.type == "html_block":
        return raw_html(writer, node.token.content)
    writer.depth += 1
    content = sections(writer, node.children)
    writer.depth -= 1
    opening = rewrite_addresses(writer, node.token.content)
    closing = str(node.token.meta.get("closing", ""))
    return "\n".join(part for part in (opening, content, closing) if part)
