"""HTML tags and comments in text: kept as they are; the text between tags is Markdown.

Source: "Extension: raw_html" of the Pandoc User's Guide.
"""

from __future__ import annotations

from markdown_it.rules_inline import html_inline

from spokeshave.markdown.inline_parser import InlineState


def inline_html(state: InlineState) -> bool:
    """A tag or a comment; `<!` of any other kind is text."""
    if state.next_sign() == "!" and not state.src.startswith("<!--", state.pos):
        return False
    start = state.pos
    if not html_inline(state, False):
        return False
    if state.pos > state.posMax:
        state.tokens.pop()
        state.pos = start
        return False
    return True
