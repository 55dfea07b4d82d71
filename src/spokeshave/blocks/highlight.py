"""Highlighting by Pygments, in the class names that pandoc gives and the Workbench's pages use."""

from __future__ import annotations

from functools import cache, lru_cache

from markdown_it.common.utils import escapeHtml as escape
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.token import Token, _TokenType
from pygments.util import ClassNotFound

from spokeshave.blocks.languages import LEXERS

_CLASSES: dict[_TokenType, str] = {
    Token.Keyword: "kw",
    Token.Keyword.Constant: "va",
    Token.Keyword.Namespace: "im",
    Token.Keyword.Type: "dt",
    Token.Literal.Number: "dv",
    Token.Literal.Number.Float: "fl",
    Token.Literal.Number.Hex: "bn",
    Token.Literal.Number.Oct: "bn",
    Token.Literal.Number.Bin: "bn",
    Token.Literal.String: "st",
    Token.Literal.String.Char: "ch",
    Token.Literal.String.Doc: "co",
    Token.Literal.String.Escape: "sc",
    Token.Literal.String.Interpol: "sc",
    Token.Literal.String.Regex: "ss",
    Token.Literal.Date: "dv",
    Token.Comment: "co",
    Token.Comment.Preproc: "pp",
    Token.Comment.PreprocFile: "im",
    Token.Name.Builtin: "bu",
    Token.Name.Builtin.Pseudo: "va",
    Token.Name.Function: "fu",
    Token.Name.Class: "fu",
    Token.Name.Decorator: "at",
    Token.Name.Attribute: "at",
    Token.Name.Tag: "kw",
    Token.Name.Variable: "va",
    Token.Name.Exception: "pp",
    Token.Name.Constant: "cn",
    Token.Operator: "op",
    Token.Operator.Word: "kw",
    Token.Generic.Deleted: "st",
    Token.Generic.Inserted: "va",
    Token.Generic.Heading: "dt",
    Token.Generic.Subheading: "dt",
    Token.Generic.Emph: "in",
    Token.Generic.Strong: "an",
    Token.Generic.Error: "er",
    Token.Error: "er",
}


@cache
def _lexer(language: str) -> Lexer:
    """Pygments' lexer; for a language that it does not know, one that marks nothing."""
    try:
        lexer: Lexer = get_lexer_by_name(LEXERS.get(language, language), stripnl=False, ensurenl=False)
    except ClassNotFound:
        lexer = TextLexer(stripnl=False, ensurenl=False)
    return lexer


@cache
def _class(kind: _TokenType) -> str:
    """The class of a token: its own, else that of the kind it is a part of."""
    known: _TokenType | None = kind
    while known is not None:
        if known in _CLASSES:
            return _CLASSES[known]
        known = known.parent
    return ""


def highlight(code: str, language: str) -> list[str]:
    """The lines of `code` as HTML, each whole in itself."""
    return list(_highlighted(code, language))


@lru_cache(maxsize=512)
def _highlighted(code: str, language: str) -> tuple[str, ...]:
    """Remembered, because most blocks of a page stay as they are when an author changes it in the preview."""
    parts: list[str] = []
    # Some lexers take a line for one only with its end: the last `+line` of a diff was an error to them.
    for _, kind, value in _lexer(language).get_tokens_unprocessed(f"{code}\n"):
        name = _class(kind)
        text = escape(value)
        if not name or not text.strip():
            parts.append(text)
        elif "\n" in text:
            parts.append(
                "\n".join(f'<span class="{name}">{line}</span>' if line else "" for line in text.split("\n"))
            )
        else:
            parts.append(f'<span class="{name}">{text}</span>')
    return tuple("".join(parts).split("\n")[:-1])
