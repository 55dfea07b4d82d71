"""Line blocks: verse, addresses, and other text whose lines end where they end."""

from __future__ import annotations

from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node


def line_block(writer: Writer, node: Node) -> str:
    lines = "<br>\n".join([writer.block(line) for line in node.children])
    return f'<div class="line-block">{lines}</div>'
