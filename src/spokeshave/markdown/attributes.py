"""Pandoc's attribute blocks: `{#id .class key=value}`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it.token import Token

_PART = re.compile(
    r"""\s*(?:
        \#(?P<id>[\w:.-]+)
      | \.(?P<class>[^\W\d_][\w:.-]*)
      | (?P<key>[^\W\d][\w:.-]*)=(?:"(?P<double>(?:[^"\\]|\\.)*+)"|'(?P<single>(?:[^'\\]|\\.)*+)'
          |(?P<bare>(?!["'])[^\s{}]*+))
      | (?P<unnumbered>-)(?=[\s}])
    )""",
    re.VERBOSE | re.DOTALL,
)
_END = re.compile(r"\s*\}")
_ESCAPE = re.compile(r"\\([^A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Attributes:
    """What one attribute block says: an id (or none), classes in order, pairs in order."""

    identifier: str = ""
    classes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    def apply(self, token: Token) -> None:
        """Set these attributes on `token`; its own classes stay in front."""
        if self.identifier:
            token.attrSet("id", self.identifier)
        for name in self.classes:
            token.attrJoin("class", name)
        for key, value in self.pairs:
            token.attrSet(key, value)


def parse_attributes(text: str, start: int = 0) -> tuple[Attributes, int] | None:
    """Read the attribute block that begins at `text[start]`.

    Returns the attributes and the position after the closing brace, or `None` where pandoc
    would see no attribute block (`{}` is one: an empty one).
    Source: "Extension: attributes" of the Pandoc User's Guide.
    """
    if not text.startswith("{", start):
        return None
    identifier = ""
    classes: list[str] = []
    pairs: dict[str, str] = {}
    position = start + 1
    while not (end := _END.match(text, position)):
        part = _PART.match(text, position)
        if part is None or part.end() == position:
            return None
        position = part.end()
        if part["id"]:
            identifier = part["id"]
        elif part["class"]:
            classes.append(part["class"])
        elif part["unnumbered"]:
            classes.append("unnumbered")
        else:
            _add_pair(part, classes, pairs)
    if "id" in pairs:
        identifier = pairs.pop("id")
    return Attributes(identifier, tuple(classes), tuple(pairs.items())), end.end()


def _add_pair(part: re.Match[str], classes: list[str], pairs: dict[str, str]) -> None:
    """`class="a b"` adds classes; any other pair stays one, and the last of a key wins."""
    quoted = part["double"] if part["double"] is not None else part["single"]
    value = part["bare"] if quoted is None else _ESCAPE.sub(r"\1", quoted)
    if part["key"] == "class":
        classes.extend(value.split())
    else:
        pairs[part["key"]] = " ".join(value.split("\n"))
