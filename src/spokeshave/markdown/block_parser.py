"""The loop over blocks: pandoc's order of rules, for blocks that may begin and end within a line.

Raw HTML makes them do so: `<p>a</p> b` is two blocks.
"""

from __future__ import annotations

from markdown_it import MarkdownIt, rules_block
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock

from spokeshave.markdown.lines import next_full_line
from spokeshave.markdown.surroundings import text_of_its_own

DEEPEST = 100
"""Blocks nested deeper than this are text. Each level takes a few frames of Python's stack."""

_ORDER = (
    ("fence", rules_block.fence),
    ("bullet_list", rules_block.list_block),
    ("html_block", rules_block.html_block),
    ("heading", rules_block.heading),
    ("lheading", rules_block.lheading),
    ("code", rules_block.code),
    ("blockquote", rules_block.blockquote),
    ("hr", rules_block.hr),
    ("ordered_list", rules_block.list_block),
    ("reference", rules_block.reference),
    ("paragraph", rules_block.paragraph),
)
"""In what order rules are tried. The functions are markdown-it's; most are replaced by ours."""


class BlockParser(ParserBlock):
    """Parses blocks one at a time, so that containers can look for their end between them."""

    def __init__(self) -> None:
        self.ruler: Ruler[RuleFuncBlockType] = Ruler()
        for name, rule in _ORDER:
            self.ruler.push(name, rule)

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:
        """Parse the blocks of these lines, which are a whole text."""
        with text_of_its_own(state, ends_blank=True):
            line = startLine
            while (line := next_full_line(state, line, endLine)) < endLine:
                line = self.block(state, line, endLine)
        state.line = endLine

    def block(self, state: StateBlock, line: int, end: int) -> int:
        """Parse the block that begins in `line`, which is not blank. Returns the line it ends in.

        That may be `line` itself: then the rule has moved the line's begin to what comes next.
        """
        rules = self.ruler.getRules("")
        state.line = line
        for rule in rules if state.level < DEEPEST else rules[-1:]:
            if rule(state, line, end, False):
                break
        return state.line


def block_parser(parser: MarkdownIt) -> None:
    """Give `parser` this loop. What other rules it has follows in `parser.RULES`."""
    parser.block = BlockParser()


def parse_block(state: StateBlock, line: int, end: int) -> int:
    """Parse one block; see `BlockParser.block`."""
    blocks = state.md.block
    assert isinstance(blocks, BlockParser)
    return blocks.block(state, line, end)
