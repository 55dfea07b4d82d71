"""Rules of markdown-it that stay, without the right to end a paragraph, which they have not in pandoc.

What ends a paragraph without a blank line is in `endings.py`.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import hr


def interruptions(parser: MarkdownIt) -> None:
    """Take the right to end a paragraph from rules."""
    parser.block.ruler.at("hr", hr, {"alt": []})
