"""The metadata of a card: reading and checking it, with the same answers for uploads and for `validate`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from practice_hub.cards.rules import check

BLOCK = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)(?:\r?\n)?^---[ \t]*(?:\r?\n|\Z)", re.S | re.M)
EMPTY = "empty or missing yaml metadata in repo card"
MOST_VALUES = 20_000  # aliases can make a short text stand for billions of values
DEEPEST = 50
LONGEST = 300_000  # signs; PyYAML reads some 30,000 in a second
_TOO_MUCH = "it holds too many values, or too many inside each other"


@dataclass(frozen=True)
class Card:
    """A card's metadata as JSON can carry it, what forbids it, and what is worth a warning."""

    metadata: dict[str, Any] = field(default_factory=dict)
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    text: str = ""  # what follows the metadata


def read_card(text: str) -> Card:
    block = BLOCK.match(text)
    if not block:
        return Card(warnings=(EMPTY,), text=text)
    rest = text[block.end() :]
    try:
        if len(block[1]) > LONGEST:
            raise ValueError(f"it is longer than {LONGEST} signs")
        data = plain(yaml.load(block[1], _CountingLoader))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" in line {where.line + 2}" if where else ""
        reason = getattr(error, "problem", None) or str(error).splitlines()[0]
        return Card(errors=(f"YAML metadata is not valid{line}: {reason}",), text=rest)
    if data is None or data == {}:
        return Card(warnings=(EMPTY,), text=rest)
    if not isinstance(data, dict):
        return Card(errors=("YAML metadata must be keys with values, such as `license: mit`",), text=rest)
    return Card(data, tuple(check(data)), text=rest)


class _CountingLoader(yaml.SafeLoader):
    """Counts what aliases stand for before anything is built: merged keys and pairs are built at once."""

    def get_single_node(self) -> yaml.Node | None:
        node: yaml.Node | None = super().get_single_node()
        if node is not None and _size(node, {}) > 2 * MOST_VALUES:  # keys count here, too
            raise ValueError(_TOO_MUCH)
        return node


def _size(node: yaml.Node, known: dict[yaml.Node, int]) -> int:
    """How many values and keys there are in a node; what holds itself holds too many."""
    if isinstance(node, yaml.ScalarNode):
        return 1
    if node not in known:
        known[node] = 2 * MOST_VALUES
        pairs = isinstance(node, yaml.MappingNode)
        parts = [part for pair in node.value for part in pair] if pairs else node.value
        known[node] = 1 + sum(_size(part, known) for part in parts)
    return known[node]


def plain(value: Any) -> Any:
    """What JSON can carry: keys are text, and dates and other kinds of values are written as text.

    Raises ValueError if it is too much, or has a text that is none.
    """
    return _plain(value, [MOST_VALUES], DEEPEST)


def _plain(value: Any, left: list[int], depth: int) -> Any:
    left[0] -= 1
    if left[0] < 0 or depth < 0:
        raise ValueError(_TOO_MUCH)
    if isinstance(value, dict):
        return {_text(str(key)): _plain(item, left, depth - 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, left, depth - 1) for item in value]
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (int, float)) and abs(value) < 1e300:  # not `.nan`, not `.inf`
        return value
    return str(value)


def _text(value: str) -> str:
    """`value`, in which a sign beyond U+FFFF may be written as two halves, as in JSON."""
    if not any("\ud800" <= sign < "\ue000" for sign in value):
        return value
    try:
        return value.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise ValueError("it holds one half of a sign (such as `\\ud800`), which is no text") from None
