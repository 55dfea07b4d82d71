"""The signs in front of list items: `-`, `1.`, `(a)`, `iv)`, `#.`, `(@label)`.

Source: "Extension: fancy_lists", "startnum" and "example_lists" of the Pandoc User's Guide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it.rules_block import StateBlock

from spokeshave.markdown.lines import text_start

_BULLET = re.compile(r"[*+-](?=[ \t]|$)")
_DEFINITION = re.compile(r"[:~](?=[ \t]|$)")
_RULE = re.compile(r"([*-])[ \t]*(?:\1[ \t]*){2,}$")
_ORDERED = re.compile(
    r"(?P<open>\()?"
    r"(?:(?P<digits>[0-9]{1,9})|(?P<letters>[a-zA-Z]{1,20})|(?P<hash>\#)"
    r"|@(?P<label>(?:[^\W_]+(?:[_-][^\W_]+)*)?))"
    r"(?P<close>[.)])(?=[ \t]|$)",
)
_PAGE_NUMBER = re.compile(r"p\.[ \t][0-9]")
_WIDE = re.compile(r"[ \t]{2}|\t|[ \t]*$")
_ROMAN = re.compile(r"m*(?:cm)?d?(?:cd)?c*(?:xc)?l?(?:xl)?x*(?:ix)?v?(?:iv)?i*$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_SIGNS = frozenset("*+-:~#(@0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


@dataclass(frozen=True, slots=True)
class Marker:
    """A list item's marker."""

    style: str
    """`bullet`, `decimal`, `lower-alpha` … as CSS has it, `example`, or nothing (`#.`)."""
    delimiter: str
    """`.`, `)` or `()`; nothing for bullets and `#.`."""
    number: int
    end: int
    """Where in the source the marker ends."""
    label: str = ""
    """Of an example, so that text can refer to it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of what kind the next item of a list must be."""

    style: str
    delimiter: str


def starts_item(state: StateBlock, line: int) -> bool:
    """Whether a marker, of a list item or a definition, stands at the start of the line's text."""
    start = text_start(state, line)
    if state.src[start : start + 1] not in _SIGNS:
        return False
    end = state.eMarks[line]
    return (
        bullet_marker(state.src, start, end) is not None
        or ordered_marker(state.src, start, end) is not None
        or is_definition(state.src, start, end)
    )


def is_definition(src: str, start: int, end: int) -> bool:
    """Whether the marker of a definition stands at `src[start]`, in a line that ends at `end`."""
    return _DEFINITION.match(src, start, end) is not None


def bullet_marker(src: str, start: int, end: int) -> Marker | None:
    """The bullet at `src[start]`, in a line that ends at `end`. A rule (`* * *`) has none."""
    match = _BULLET.match(src, start, end)
    if match is None or _RULE.match(src, start, end):
        return None
    return Marker("bullet", "", 1, match.end())


def ordered_marker(src: str, start: int, end: int, wanted: Wanted | None = None) -> Marker | None:
    """The number, letter or label at `src[start]`; it must fit the list of `wanted`, if given."""
    match = _ORDERED.match(src, start, end)
    if match is None or (match["open"] and match["close"] != ")") or _PAGE_NUMBER.match(src, start, end):
        return None
    delimiter = "()" if match["open"] else match["close"]
    style, number = _style(match, wanted)
    if style is None:
        return None
    if not style and delimiter == ".":
        delimiter = ""
    if wanted is not None and (wanted.delimiter or ".") != (delimiter or "."):
        return None
    if not style and wanted is not None:
        style = wanted.style
    if delimiter == "." and _may_be_a_name(style, number) and not _WIDE.match(src, match.end(), end):
        return None
    return Marker(style, delimiter, number, match.end(), match["label"] or "")


def _may_be_a_name(style: str, number: int) -> bool:
    """`B. Russell` is no list: a capital letter and a period need two blanks after them."""
    return style == "upper-alpha" or (style == "upper-roman" and number in (1, 5, 10, 50, 100, 500, 1000))


def _style(match: re.Match[str], wanted: Wanted | None) -> tuple[str | None, int]:
    """The style and number of a marker; no style if it is none, or not the wanted one."""
    style: str | None
    if match["hash"]:
        return "", 1
    if match["digits"]:
        style, number = "decimal", int(match["digits"])
    elif match["letters"]:
        style, number = _letters(match["letters"], wanted.style if wanted else "")
    else:
        style, number = "example", 1
    if wanted is not None and style != (wanted.style or "decimal"):
        return None, 1
    return style, number


def _letters(letters: str, wanted: str) -> tuple[str | None, int]:
    """Read letters as a Roman number or as one of the alphabet: `i` is Roman unless told otherwise."""
    small = letters.lower()
    case = "lower" if letters == small else "upper" if letters == letters.upper() else ""
    roman = _roman(small)
    if not case:
        return None, 1
    single = len(letters) == 1
    alphabetic = single and (wanted.endswith("alpha") or (not wanted.endswith("roman") and small != "i"))
    if alphabetic:
        return f"{case}-alpha", ord(small) - ord("a") + 1
    return (f"{case}-roman", roman) if roman else (None, 1)


def _roman(letters: str) -> int:
    """The value of a Roman number in small letters; 0 if it is none."""
    if not _ROMAN.match(letters):
        return 0
    values = [_ROMAN_VALUES[letter] for letter in letters]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
