"""The ends of HTML tags in text: each ends in the text that it begins in.

Pandoc hands tags on as they stand. The Workbench then reads its HTML with libxml2 and writes it anew, which
closes what is open at the end of a paragraph, and drops a closing tag without an opening one; `<a/>` is an
element without content. Left as they are, browsers let them go on over the rest of the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from spokeshave.markdown.html_tags import OPTIONAL_END, VOID_TAGS, is_self_closed, match_tag, tag_name

UNCLOSED, STRAY, ADDED = "unclosed", "stray", "added"
"""In `Token.meta`: of an opening tag without a closing one, of the reverse, and of what is not in the source."""
_OPTIONAL_END = OPTIONAL_END | {"optgroup", "option", "rp", "rt"}


@dataclass(slots=True)
class _Level:
    """The tags that are open within one emphasis, link or the like, or within the text itself."""

    open: list[Token] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)

    def add(self, token: Token) -> None:
        self.open.append(token)
        self.names[token.tag] += 1

    def ended(self, name: str = "") -> Iterator[Token]:
        """The closing tags that are missing inside the innermost element `name`, which is left; or inside all."""
        while self.open:
            last = self.open.pop()
            self.names[last.tag] -= 1
            if last.tag == name:
                return
            if last.tag not in _OPTIONAL_END:
                last.meta[UNCLOSED] = True
                yield Token("html_inline", "", 0, content=f"</{last.tag}>", meta={ADDED: True})


def ended(tokens: Sequence[Token]) -> list[Token]:
    """`tokens` of one text, with each HTML element closed in it."""
    found: list[Token] = []
    levels = [_Level()]
    for token in tokens:
        if token.nesting < 0 and len(levels) > 1:
            found += levels.pop().ended()
        elif token.nesting > 0:
            levels.append(_Level())
        if token.type == "html_inline":
            found += _tag(token, levels[-1])
        found.append(token)
    for level in reversed(levels):
        found += level.ended()
    return found


def _tag(token: Token, level: _Level) -> Iterator[Token]:
    """Note a tag, and change it if need be. Yields what must be closed before it."""
    match = match_tag(token.content)
    if match is None or match.end() != len(token.content):
        return
    name = tag_name(match)
    if match["close"]:
        if level.names[name]:
            yield from level.ended(name)
        else:
            token.meta[STRAY] = True
    elif is_self_closed(match) and name not in VOID_TAGS:
        token.markup, token.content = token.content, f"{token.content[:-2].rstrip()}></{match['name']}>"
    elif name not in VOID_TAGS:
        token.tag = name
        level.add(token)
