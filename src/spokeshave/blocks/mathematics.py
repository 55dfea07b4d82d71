"""Formulas as MathML, made when the site is built: pages need no script for them."""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it.token import Token

from spokeshave.blocks.html import escape
from spokeshave.blocks.writer import Writer

_REWRITTEN = (
    (re.compile(r"\\((?:La)?TeX)\b"), r"\\text{\1}"),
    (re.compile(r"\\arg\b"), r"\\operatorname{arg}"),
    (re.compile(r"\\AA\b"), r"\\text{Å}"),
    (re.compile(r"\\(?:label|tag\*?)\{[^{}]*\}|\\(?:nonumber|notag)\b"), ""),
    (re.compile(r"\\(?:begin|end)\{subequations\}"), ""),
    (re.compile(r"\\begin\{eqnarray\*?\}"), r"\\begin{array}{rcl}"),
    (re.compile(r"\\end\{eqnarray\*?\}"), r"\\end{array}"),
    (re.compile(r"\\(begin|end)\{(?:gather(?:ed)?|multline)\*?\}"), r"\\\1{matrix}"),
    (re.compile(r"\\begin\{alignat\*?\}\s*\{\d+\}"), r"\\begin{align*}"),
    (re.compile(r"\\(begin|end)\{(?:align(?:ed)?|alignat\*?|flalign\*?|split)\}"), r"\\\1{align*}"),
)
"""What the converter does not know, or numbers from one in every formula, and what says the same."""
_NOT_READ = re.compile(r"<m[a-z]+>(?:\\[A-Za-z]|&<)")
"""What the converter makes of a command that it does not know."""
_SHOWN = 60
"""How many signs of a formula a warning repeats."""


@lru_cache(maxsize=4096)
def _mathml(tex: str, display: str) -> str | None:
    """A formula as a `math` element that also holds its TeX, or `None` if it cannot be read."""
    # Takes 60 ms to load, and most lessons have no formula.
    from latex2mathml.converter import convert  # noqa: PLC0415

    if not tex:
        return f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="{display}"></math>'
    known = tex
    for pattern, replacement in _REWRITTEN if "\\" in tex else ():
        known = pattern.sub(replacement, known)
    try:
        element: str = convert(known, display=display)
    except Exception:
        # The converter raises whatever its parser stumbles over; the formula is shown as it is written.
        return None
    if _NOT_READ.search(element):
        return None
    opening, found, rest = element.partition(">")
    content, ended, _ = rest.rpartition("</math>")
    if not found or not ended:
        return None
    source = f'<annotation encoding="application/x-tex">{escape(tex)}</annotation>'
    body = content if _is_one_row(content) else f"<mrow>{content}</mrow>"
    return f"{opening}><semantics>{body}{source}</semantics></math>"


def _is_one_row(content: str) -> bool:
    """Whether `content` is a single `mrow`, as the converter writes formulas."""
    return content.startswith("<mrow>") and content.endswith("</mrow>") and content.count("<mrow>") == 1


def inline_math(writer: Writer, token: Token) -> str:
    return _span(writer, token.content, "inline", "inline")


def display_math(writer: Writer, token: Token) -> str:
    return _span(writer, token.content, "display", "block")


def _span(writer: Writer, tex: str, kind: str, display: str) -> str:
    mathml = _mathml(tex, display)
    if mathml is None:
        writer.warn(
            f"the formula `{tex[:_SHOWN]}` cannot be read, so its TeX is shown",
            "Check its braces and commands",
        )
        mathml = f'<code class="math">{escape(tex)}</code>'
    return f'<span class="math {kind}">{mathml}</span>'
