"""Which rules each sign has, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markdown_it import MarkdownIt

from spokeshave.markdown.bare_addresses import angled_address, email, uri
from spokeshave.markdown.breaks import line_end
from spokeshave.markdown.citations import citation_in_text, citations_in_brackets
from spokeshave.markdown.code_spans import code_span
from spokeshave.markdown.emoji import emoji
from spokeshave.markdown.emphasis import emphasis
from spokeshave.markdown.escapes import entity, escape
from spokeshave.markdown.example_references import example_reference
from spokeshave.markdown.footnotes import footnote_reference, inline_note
from spokeshave.markdown.glosario import glosario
from spokeshave.markdown.inline_html import inline_html
from spokeshave.markdown.inline_parser import InlineParser, Rule
from spokeshave.markdown.links import image, link
from spokeshave.markdown.mathematics import dollar_math, escaped_math
from spokeshave.markdown.raw_tex import raw_tex, raw_tex_blocks
from spokeshave.markdown.scripts import strikeout, subscript, superscript
from spokeshave.markdown.smart import dashes, double_quote, ellipsis, single_quote
from spokeshave.markdown.spans import bracketed_span

BY_SIGN: Mapping[str, Sequence[Rule]] = {
    "\n": (line_end,),
    "`": (code_span,),
    "*": (emphasis,),
    "_": (emphasis,),
    "^": (superscript, inline_note),
    "~": (strikeout, subscript),
    "[": (footnote_reference, citations_in_brackets, bracketed_span, link),
    "!": (image,),
    "$": (dollar_math,),
    "<": (angled_address, inline_html),
    "\\": (escaped_math, escape, raw_tex),
    "@": (email, example_reference, citation_in_text),
    '"': (double_quote,),
    "'": (single_quote,),
    "-": (dashes, citation_in_text),
    ".": (ellipsis,),
    "&": (entity,),
    ":": (uri, emoji),
    "{": (glosario,),
}


def inline_rules(parser: MarkdownIt) -> None:
    """Give `parser` pandoc's way of reading text."""
    parser.inline = InlineParser(BY_SIGN)
    raw_tex_blocks(parser)
