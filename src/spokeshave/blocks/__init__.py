"""Tree to HTML: one kind of block a file, all of them listed here."""

from __future__ import annotations

from spokeshave.blocks import (
    code,
    definition_lists,
    figure,
    footnotes,
    glosario,
    html_text,
    line_blocks,
    lists,
    tables,
    text,
)
from spokeshave.blocks.divs import BOXES, DIVS, div
from spokeshave.blocks.inline import INLINES, constant
from spokeshave.blocks.links import link, site_address
from spokeshave.blocks.writer import Kinds

KINDS = Kinds(
    blocks={
        "paragraph": text.paragraph,
        "inline": text.inline,
        "heading": text.heading,
        "blockquote": text.block_quote,
        "hr": text.rule,
        "raw_block": text.raw_block,
        "html_block": html_text.html_block,
        "fence": code.fenced_code,
        "code_block": code.indented_code,
        "div": div,
        "bullet_list": lists.bullet_list,
        "ordered_list": lists.ordered_list,
        "list_item": lists.list_item,
        "dl": definition_lists.definition_list,
        "dt": definition_lists.term,
        "dd": definition_lists.definition,
        "line_block": line_blocks.line_block,
        "footnote": footnotes.definition,
        "table": tables.table,
        "caption": tables.cell("caption"),
        "thead": tables.part("thead"),
        "tbody": tables.part("tbody"),
        "tfoot": tables.part("tfoot"),
        "tr": tables.part("tr"),
        "th": tables.cell("th"),
        "td": tables.cell("td"),
    },
    inlines={
        **INLINES,
        "link_open": link,
        "link_close": constant("</a>"),
        "image": figure.inline_image,
        "footnote_ref": footnotes.reference,
        "glosario": glosario.term,
    },
    divs=DIVS,
    address=site_address,
    first_class_only=BOXES,
)
