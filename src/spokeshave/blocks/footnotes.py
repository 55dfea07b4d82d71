"""Footnotes: marks in the text, and the list of notes at the end of the page.

A note that the text refers to twice is shown twice, each time with a link back to its own mark.
"""

from __future__ import annotations

from markdown_it.token import Token

from spokeshave.blocks.html import escape, for_instructors
from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node


def definition(writer: Writer, node: Node) -> str:
    """Nothing where the definition stands: `footnote_list` shows it."""
    return ""


def reference(writer: Writer, token: Token) -> str:
    """The mark of a note. Inside another note only inline ones count, as in pandoc."""
    label = token.meta.get("label")
    if label is not None and writer.in_footnote:
        return escape(token.content)
    content = token if label is None else writer.footnotes.get(label)
    if content is None:
        return escape(token.content)
    writer.cited.append((content, writer.in_footnote))
    number = len(writer.cited)
    return (
        f'<a href="#fn{number}" class="footnote-ref" id="fnref{number}" role="doc-noteref">'
        f"<sup>{number}</sup></a>"
    )


def footnote_list(writer: Writer) -> str:
    """The notes that the text refers to, if any, in the order of their marks."""
    if not writer.cited:
        return ""
    items = []
    # Notes may hold inline notes, which make the list longer while it is read.
    for number, (content, within) in enumerate(writer.cited, 1):
        writer.in_footnote = within or isinstance(content, Node)
        items.append(_item(writer, content, number))
    label = escape(writer.words["footnotes"])
    html = (
        f'\n<div class="footnotes footnotes-end-of-document" role="doc-endnotes" aria-label="{label}">\n'
        "<hr>\n<ol>\n" + "\n".join(items) + "\n</ol>\n</div>"
    )
    return for_instructors(html) if len(writer.instructor_footnotes) == len(items) else html


def _item(writer: Writer, content: Node | Token, number: int) -> str:
    """A note in the list. One that only an instructor note refers to is not for learners."""
    cited = len(writer.cited)
    note = _note(writer, content, number)
    if number in writer.instructor_footnotes:
        writer.instructor_footnotes.update(range(cited + 1, len(writer.cited) + 1))
        return for_instructors(f'<li id="fn{number}">{note}</li>')
    # Learners do not get every number: those after a missing one keep theirs.
    value = f' value="{number}"' if writer.instructor_footnotes else ""
    return f'<li id="fn{number}"{value}>{note}</li>'


def _note(writer: Writer, content: Node | Token, number: int) -> str:
    """A note's text, which ends with the link back."""
    if isinstance(content, Token):
        html = f"<p>{writer.inline(content.children or ())}</p>"
    else:
        html = writer.blocks(content.children)
    label = escape(writer.words["footnote_back"])
    back = (
        f'<a href="#fnref{number}" class="footnote-back" role="doc-backlink" aria-label="{label}">'
        "\u21a9\ufe0e</a>"
    )
    if html.endswith("</p>"):
        return f"{html.removesuffix('</p>')}{back}</p>"
    return f"{html}\n{back}" if html else back
