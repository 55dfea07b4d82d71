"""Inline tokens: text, emphasis, code, breaks, raw HTML."""

from __future__ import annotations

from markdown_it.token import Token

from spokeshave.blocks.html import HTML_FORMATS, attributes_html, escape
from spokeshave.blocks.mathematics import display_math, inline_math
from spokeshave.blocks.raw_html import raw_html
from spokeshave.blocks.writer import InlineRenderer, Writer
from spokeshave.markdown.inline_html_ends import STRAY, UNCLOSED

_IN_ONE_TEXT = "Open and close a tag in the same paragraph, heading or cell"


def text(writer: Writer, token: Token) -> str:
    return escape(token.content)


def element(tag: str) -> InlineRenderer:
    """The opening of `tag`, with the token's attributes."""

    def render(writer: Writer, token: Token) -> str:
        return f"<{tag}{attributes_html(token.attrs)}>" if token.attrs else f"<{tag}>"

    return render


def constant(html: str) -> InlineRenderer:
    def render(writer: Writer, token: Token) -> str:
        return html

    return render


def code(writer: Writer, token: Token) -> str:
    return f"<code{attributes_html(token.attrs)}>{escape(token.content)}</code>"


def html_inline(writer: Writer, token: Token) -> str:
    if STRAY in token.meta:
        writer.warn(f"`{token.content}` closes nothing in its paragraph, so it is left out", _IN_ONE_TEXT)
        return ""
    if UNCLOSED in token.meta:
        writer.warn(f"`{token.content}` is not closed in its paragraph, so it ends there", _IN_ONE_TEXT)
    return raw_html(writer, token.content)


def raw_inline(writer: Writer, token: Token) -> str:
    """Raw text of a named format (`token.info`): HTML as it is, any other dropped."""
    if token.info in HTML_FORMATS:
        return raw_html(writer, token.content)
    if token.info == "tex":
        writer.warn(
            f"`{token.content}` is a TeX command, which a web page cannot show, so it is left out",
            "Put it between backticks if it is text, between dollar signs if it is maths",
        )
    return ""


def opening(writer: Writer, token: Token) -> str:
    return f"<{token.tag}{attributes_html(token.attrs)}>"


def closing(writer: Writer, token: Token) -> str:
    return f"</{token.tag}>"


def emoji(writer: Writer, token: Token) -> str:
    return f"<span{attributes_html(token.attrs)}>{token.content}</span>"


INLINES: dict[str, InlineRenderer] = {
    "text": text,
    "text_special": text,
    "softbreak": constant("\n"),
    "hardbreak": constant("<br>\n"),
    "code_inline": code,
    "html_inline": html_inline,
    "raw_inline": raw_inline,
    "em_open": constant("<em>"),
    "em_close": constant("</em>"),
    "strong_open": constant("<strong>"),
    "strong_close": constant("</strong>"),
    "s_open": constant("<del>"),
    "s_close": constant("</del>"),
    "sub_open": constant("<sub>"),
    "sub_close": constant("</sub>"),
    "sup_open": constant("<sup>"),
    "sup_close": constant("</sup>"),
    "span_open": opening,
    "span_close": closing,
    "emoji": emoji,
    "math_inline": inline_math,
    "math_display": display_math,
}
