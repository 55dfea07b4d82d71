"""HTML tags and comments in text: kept as they are; the text between tags is Markdown.

Source: "Extension: raw_html" of the Pandoc User's Guide.
"""

from __future__ import annotations

from markdown_it.rules_inline import html_inline

from spokeshave.markdown.inline_parser import InlineState


def inline_html(state: InlineState) -> bool:
    """A tag or a comment; `<!` of any other kind is text."""
    if state.next_sign() == "!":
        return _comment(state)
    start = state.pos
    if not html_inline(state, False):
        return False
    if state.pos > state.posMax:
        state.tokens.pop()
        state.pos = start
        return False
    return True


def _comment(state: InlineState) -> bool:
    """A comment, up to the first `-->` whatever stands before it: `<!--- so too --->`."""
    closing = (
        state.src.find("-->", state.pos + 4, state.posMax) if state.src.startswith("<!--", state.pos) else -1
    )
    if closing < 0:
        return False
    state.leaf("html_inline", "", state.src[state.pos : closing + 3], closing + 3)
    return True
