"""The parser of the Workbench's Markdown: markdown-it with pandoc's rules, listed in order."""

from __future__ import annotations

from collections.abc import Callable

from markdown_it import MarkdownIt

from spokeshave.markdown.block_parser import block_parser
from spokeshave.markdown.block_quotes import block_quotes
from spokeshave.markdown.code_blocks import code_blocks
from spokeshave.markdown.definition_lists import definition_lists
from spokeshave.markdown.fenced_divs import fenced_divs
from spokeshave.markdown.footnotes import footnotes
from spokeshave.markdown.headings import headings
from spokeshave.markdown.html_blocks import html_blocks
from spokeshave.markdown.identifiers import identifiers
from spokeshave.markdown.inline_html_ends import inline_html_ends
from spokeshave.markdown.inline_rules import inline_rules
from spokeshave.markdown.interruptions import interruptions
from spokeshave.markdown.line_blocks import line_blocks
from spokeshave.markdown.lists import lists
from spokeshave.markdown.looseness import looseness
from spokeshave.markdown.paragraphs import paragraphs
from spokeshave.markdown.references import references
from spokeshave.markdown.tables import tables
from spokeshave.markdown.task_lists import task_lists

RULES: tuple[Callable[[MarkdownIt], object], ...] = (
    block_parser,
    inline_rules,
    interruptions,
    paragraphs,
    headings,
    code_blocks,
    block_quotes,
    lists,
    fenced_divs,
    html_blocks,
    definition_lists,
    references,
    footnotes,
    tables,
    line_blocks,
    identifiers,
    looseness,
    task_lists,
    inline_html_ends,
)
"""Each adds one part of the dialect to a parser. Later ones may stand on earlier ones."""


def build_parser() -> MarkdownIt:
    """A parser for the Workbench's Markdown; it can be used again and again."""
    parser = MarkdownIt("commonmark", {"maxNesting": 200})
    for rule in RULES:
        rule(parser)
    return parser


PARSER = build_parser()
