"""The ends of HTML tags in text: each ends in the text that it begins in.

Pandoc hands tags on as they stand. The Workbench then reads its HTML with libxml2 and writes it anew, which
closes what is open at the end of a paragraph, and drops a closing tag without an opening one; `<a/>` is an
element without content. Left as they are, browsers let them go on over the rest of the page. Plain text that a
block follows is no paragraph, though: `<a><figure>…</figure></a>` goes on up to its closing tag.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
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
                yield _closing(last)


@dataclass(slots=True)
class _Container:
    """What holds blocks one after another: a box, a list item, the page. `open` are tags that go on over blocks.

    Each comes with the text that it is in.
    """

    open: list[tuple[Token, list[Token]]] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)

    def add(self, token: Token, text: list[Token]) -> None:
        self.open.append((token, text))
        self.names[token.tag] += 1

    def closes(self, name: str) -> bool:
        """Whether a closing tag ends one of them; those that were opened inside it end with their own texts."""
        if not self.names[name]:
            return False
        self.end(name)
        return True

    def end(self, name: str = "") -> None:
        """End those inside the innermost element `name`, which is left; or all."""
        while self.open:
            token, text = self.open.pop()
            self.names[token.tag] -= 1
            if token.tag == name:
                return
            if token.tag not in _OPTIONAL_END:
                text.append(_closing(token))


def inline_html_ends(parser: MarkdownIt) -> None:
    """Have `parser` end HTML tags in text."""
    parser.core.ruler.push("inline_html_ends", _end_tags)


def _end_tags(state: StateCore) -> None:
    containers = [_Container()]
    for number, token in enumerate(state.tokens):
        if token.type == "inline":
            text = token.children or []
            goes_on = state.tokens[number - 1].hidden and _is_followed(state.tokens, number)
            token.children = _ended(text, containers[-2 if len(containers) > 1 else -1], goes_on=goes_on)
        elif token.nesting > 0:
            containers.append(_Container())
        elif token.nesting < 0 and len(containers) > 1:
            containers.pop().end()
    containers[0].end()


def _is_followed(tokens: Sequence[Token], number: int) -> bool:
    """Whether another block comes after the text at `number`, in what holds it."""
    return number + 2 < len(tokens) and tokens[number + 2].nesting >= 0


def _ended(tokens: Sequence[Token], container: _Container, *, goes_on: bool = False) -> list[Token]:
    """`tokens` of one text, with each HTML element closed in it; if it `goes_on`, in what holds the text."""
    found: list[Token] = []
    levels = [_Level()]
    for token in tokens:
        if token.children:
            token.children = _ended(token.children, _Container())
        if token.nesting < 0 and len(levels) > 1:
            found += levels.pop().ended()
        elif token.nesting > 0:
            levels.append(_Level())
        if token.type == "html_inline":
            found += _tag(token, levels[-1], container)
        found.append(token)
    for level in reversed(levels[1:]):
        found += level.ended()
    if goes_on:
        for token in levels[0].open:
            container.add(token, found)
    else:
        found += levels[0].ended()
    return found


def _tag(token: Token, level: _Level, container: _Container) -> Iterator[Token]:
    """Note a tag, and change it if need be. Yields what must be closed before it."""
    match = match_tag(token.content)
    if match is None or match.end() != len(token.content):
        return
    name = tag_name(match)
    if match["close"]:
        if level.names[name]:
            yield from level.ended(name)
        elif not container.closes(name):
            token.meta[STRAY] = True
    elif is_self_closed(match) and name not in VOID_TAGS:
        token.markup, token.content = token.content, f"{token.content[:-2].rstrip()}></{match['name']}>"
    elif name not in VOID_TAGS:
        token.tag = name
        level.add(token)


def _closing(token: Token) -> Token:
    """A closing tag that is missing."""
    token.meta[UNCLOSED] = True
    return Token("html_inline", "", 0, content=f"</{token.tag}>", meta={ADDED: True})
