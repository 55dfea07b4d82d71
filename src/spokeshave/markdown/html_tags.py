"""HTML in text: tags, comments, verbatim elements, and which tags begin a block.

Source: "Extension: markdown_in_html_blocks" and "native_divs" of the Pandoc User's Guide. Which tags
count as blocks was found by giving pandoc 3.9 every tag of HTML and DocBook.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it.rules_block import StateBlock

from spokeshave.markdown.lines import begin_at


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCK_TAGS = _names(
    """
    address article aside bibliolist blockquote body calloutlist canvas caption case caution center
    classsynopsis cmdsynopsis col colgroup dd default details dir div dl dt epigraph equation example
    fieldset figcaption figure footer form formalpara frameset funcsynopsis glosslist h1 h2 h3 h4 h5 h6
    head header hgroup hr html important informalequation informalexample informalfigure informaltable
    isindex itemizedlist li literallayout main mediaobject menu meta msgset nav noframes note ol
    orderedlist output p para pre procedure programlisting programlistingco qandaset screen screenco
    screenshot script section segmentedlist sidebar simpara simplelist summary switch synopsis table
    task tbody td textarea tfoot th thead tip title tr ul variablelist warning
    """
)
"""Tags that begin or end a block wherever they stand, even in the midst of a paragraph."""
EITHER_TAGS = _names(
    """
    applet area audio button del embed iframe ins map noscript object progress source style svg track
    video
    """
)
"""Tags that are blocks where a block begins and part of the text elsewhere."""
VOID_TAGS = _names("area base br col embed hr img input isindex link meta source track wbr")
"""Tags without content."""
OPTIONAL_END = _names("body caption colgroup dd dt head html li p tbody td tfoot th thead tr")
"""Elements that HTML lets end without a closing tag."""
_VERBATIM = frozenset(("pre", "script", "style", "textarea"))

_ATTRIBUTE = r"""[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
_TAG = re.compile(
    rf"<(?:(?P<close>/)\s*(?P<closed>[A-Za-z][\w:-]*)\s*|(?P<name>[A-Za-z][\w:-]*)"
    rf"(?P<attributes>(?:\s+{_ATTRIBUTE})*)\s*(?P<empty>/?))>"
)
_ATTRIBUTES = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_UNFINISHED = re.compile(r"</?[A-Za-z][^>]*$")
_LONGEST_TAG = 40
"""Lines that a tag may go on over."""


@dataclass(frozen=True, slots=True)
class Markup:
    """A piece of HTML and where it ends."""

    kind: str
    """`open`, `close` or `whole` (a comment, an instruction, a verbatim element)."""
    name: str
    """The tag, in small letters; nothing for comments and instructions."""
    raw: str
    line: int
    position: int
    attributes: str = ""
    self_closed: bool = False

    def skip(self, state: StateBlock) -> None:
        """Let the line in which this piece ends begin behind it, and `state` be there."""
        begin_at(state, self.line, self.position)
        state.line = self.line


def read_attributes(text: str) -> dict[str, str]:
    """The attributes of a tag, in order."""
    return {
        match[1].lower(): next((value for value in match.groups()[1:] if value is not None), "")
        for match in _ATTRIBUTES.finditer(text)
    }


def match_tag(text: str, position: int = 0, end: int | None = None) -> re.Match[str] | None:
    """The tag at `text[position]`, if it is a whole one."""
    return _TAG.match(text, position, len(text) if end is None else end)


def is_self_closed(match: re.Match[str]) -> bool:
    """Whether a tag is written like `<a/>`: with pandoc and the Workbench, an element without content."""
    return bool(match["empty"])


def tag_name(match: re.Match[str]) -> str:
    return str(match["closed"] or match["name"]).lower()


def read_markup(state: StateBlock, line: int, position: int, end: int) -> Markup | None:
    """The tag, comment, instruction or verbatim element that begins at `position` of `line`."""
    if state.src.startswith("<!--", position):
        return _until(state, line, position, end, "-->")
    if state.src.startswith("<?", position):
        return _until(state, line, position, end, "?>")
    text = state.src[position : state.eMarks[line]]
    match = match_tag(text)
    last = line
    if match is None and _UNFINISHED.match(text):
        while match is None and last + 1 < end and last - line < _LONGEST_TAG:
            last += 1
            text += "\n" + state.src[state.bMarks[last] : state.eMarks[last]]
            match = match_tag(text) if ">" in state.src[state.bMarks[last] : state.eMarks[last]] else None
    if match is None:
        return None
    name, raw = tag_name(match), match[0]
    rest = len(text) - match.end()
    if match["close"]:
        return Markup("close", name, raw, last, state.eMarks[last] - rest)
    self_closed = is_self_closed(match)
    if name in _VERBATIM and not self_closed:
        verbatim = _until(state, line, position, end, f"</{name}>")
        if verbatim is not None:
            return verbatim
    return Markup("open", name, raw, last, state.eMarks[last] - rest, match["attributes"], self_closed)


def _until(state: StateBlock, line: int, position: int, end: int, closing: str) -> Markup | None:
    """All from `position` on up to `closing`, over as many lines as it takes."""
    found = find_line(state, line, position, end, closing)
    if found is None:
        return None
    last, stop = found
    if last == line:
        raw = state.src[position:stop]
    else:
        inner = (state.src[state.bMarks[at] : state.eMarks[at]] for at in range(line + 1, last))
        raw = "\n".join(
            [state.src[position : state.eMarks[line]], *inner, state.src[state.bMarks[last] : stop]]
        )
    return Markup("whole", "", raw, last, stop)


def find_line(state: StateBlock, line: int, position: int, end: int, closing: str) -> tuple[int, int] | None:
    """The line and the position after the first `closing` from `position` on, before line `end`."""
    at = line
    if closing == "-->":
        position += 4 if state.src.startswith("<!--", position) else 0
    if not _occurs(state, position, closing):
        return None
    while at < end:
        start = position if at == line else state.bMarks[at]
        stop = _find(state.src, closing, start, state.eMarks[at])
        if stop >= 0:
            return at, stop + len(closing)
        at += 1
    return None


def _occurs(state: StateBlock, position: int, closing: str) -> bool:
    """Whether `closing` stands anywhere behind `position`; asked again and again, so remembered."""
    last: dict[tuple[str, str], int] = state.env.setdefault("last_closings", {})
    key = state.src, closing
    if key not in last:
        last[key] = state.src.lower().rfind(closing)
    return last[key] >= position


def _find(src: str, closing: str, start: int, stop: int) -> int:
    if closing[0] != "<":
        return src.find(closing, start, stop)
    return src[start:stop].lower().find(closing) + start if closing in src[start:stop].lower() else -1
