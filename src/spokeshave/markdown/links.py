"""Links and images: inline, and by reference to a definition or a heading.

Attributes may follow directly. A reference that leads nowhere stays text.
Source: "Links", "Images" and "Extension: link_attributes" of the Pandoc User's Guide.
"""

from __future__ import annotations

from markdown_it.common.utils import normalizeReference

from spokeshave.markdown.attributes import Attributes, parse_attributes
from spokeshave.markdown.brackets import closing_bracket
from spokeshave.markdown.inline_parser import InlineState, inside, joined
from spokeshave.markdown.targets import Target, inline_target

_LONGEST_LABEL = 999


def link(state: InlineState) -> bool:
    """`[text](address)`, `[text][label]`, `[label][]`, `[label]`; never within another link."""
    start = state.pos
    if state.in_link or state.next_sign() == "^":
        return False
    close = closing_bracket(state, start)
    if close is None:
        return False
    target = _target(state, start, close)
    if target is None:
        return _as_text(state, start, close)
    token = state.push("link_open", "a", 0)
    token.nesting = 1
    token.attrs = {"href": target.address}
    if target.title:
        token.attrs["title"] = target.title
    target.attributes.apply(token)
    state.in_link = True
    state.linkLevel += 1
    inside(state, *_trimmed(state, start + 1, close))
    state.in_link = False
    state.linkLevel -= 1
    state.close("link", "a")
    state.tokens[-1].meta["reference"] = target.label
    state.pos = target.end
    return True


def _as_text(state: InlineState, start: int, close: int) -> bool:
    """A reference that leads nowhere: its brackets are text, and no markup reaches across them."""
    _bracketed(state, start, close)
    if state.next_sign(0) == "[" and state.next_sign() != "^":
        label = closing_bracket(state, state.pos)
        if label is not None:
            _bracketed(state, state.pos, label)
    return True


def _bracketed(state: InlineState, start: int, close: int) -> None:
    state.add("[", start + 1)
    inside(state, start + 1, close)
    state.add("]", close + 1)


def image(state: InlineState) -> bool:
    """`![caption](source)` and its reference forms.

    The token has `src` and what the attributes say; it has `alt` only if they say so. Its children are
    the caption.
    """
    start = state.pos + 1
    close = closing_bracket(state, start) if state.next_sign() == "[" else None
    target = None if close is None else _target(state, start, close)
    if close is None or target is None:
        return False
    token = state.push("image", "img", 0)
    token.attrs = {"src": target.address}
    if target.title:
        token.attrs["title"] = target.title
    target.attributes.apply(token)
    token.content = state.src[start + 1 : close]
    token.meta["reference"] = target.label
    outside, state.tokens = state.tokens, []
    inside(state, *_trimmed(state, start + 1, close))
    if state.pending:
        state.pushPending()
    token.children, state.tokens = joined(state.tokens), outside
    state.pos = target.end
    return True


def _trimmed(state: InlineState, start: int, end: int) -> tuple[int, int]:
    """A label's range, without the blanks around its text."""
    text = state.src[start:end]
    blanks = len(text) - len(text.lstrip())
    return start + blanks, start + max(blanks, len(text.rstrip()))


def _target(state: InlineState, start: int, close: int) -> Target | None:
    """Where the label between the brackets at `start` and `close` leads, if anywhere."""
    if state.src.startswith("(", close + 1):
        found = inline_target(state.src, close + 1, state.posMax)
        if found is not None:
            address, title, end = found
            attributes, end = _attributes(state, end)
            return Target(address, title, attributes, end)
    return _reference(state, start, close)


def _attributes(state: InlineState, start: int) -> tuple[Attributes, int]:
    braces = parse_attributes(state.src, start)
    return braces if braces is not None and braces[1] <= state.posMax else (Attributes(), start)


def _reference(state: InlineState, start: int, close: int) -> Target | None:
    """The definition that `[text][label]`, `[label][]` or `[label]` names."""
    references = state.env.get("references")
    if not references:
        return None
    first, last, end, label = start + 1, close, close + 1, ""
    second = closing_bracket(state, end) if state.src.startswith("[", end) else None
    if second is not None and not state.src.startswith("[^", end):
        end = second + 1
        if second > close + 2:
            first, last = close + 2, second
            label = state.src[first:last]
    if last - first > _LONGEST_LABEL:
        return None
    definition = references.get(normalizeReference(state.src[first:last]))
    if definition is None:
        return None
    own, end = _attributes(state, end)
    given: Attributes | None = definition.get("attrs")
    return Target(definition["href"], definition["title"], _both(given or Attributes(), own), end, label)


def _both(given: Attributes, own: Attributes) -> Attributes:
    """A definition's attributes and those of the link itself, which count more."""
    return Attributes(
        own.identifier or given.identifier,
        (*given.classes, *own.classes),
        tuple({**dict(given.pairs), **dict(own.pairs)}.items()),
    )
