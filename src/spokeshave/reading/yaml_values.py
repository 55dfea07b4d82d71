"""What a YAML text says, as values that know their lines.

They are made from the parser's events, one after another and without recursion: however deep a text nests and
whatever its aliases repeat, it takes no more time and memory than its length.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import yaml

from spokeshave.reading.text import without_controls

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "yes", "on", "1"})
_DEEPEST = 100
"""How deep lists and mappings may nest."""
_LARGEST = 1_000_000
"""How many values a text may hold, those counted again that an alias repeats."""


@dataclass(frozen=True, slots=True)
class Value:
    """A scalar, a list or a mapping of a YAML text, and its line, counted from one."""

    line: int
    text: str = ""
    items: tuple[Value, ...] = ()
    entries: dict[str, Value] = field(default_factory=dict)
    kind: str = "scalar"
    key_lines: dict[str, int] = field(default_factory=dict)
    """Where the keys of `entries` stand, which may be a line above their values."""

    def get(self, key: str) -> Value:
        """The value of `key`, or an empty one."""
        return self.entries.get(key, Value(self.line))

    @property
    def is_true(self) -> bool:
        return self.text.lower() in _TRUE

    @property
    def texts(self) -> tuple[Value, ...]:
        """The items of a list; a lone scalar counts as a list of one, nothing as an empty one."""
        if self.kind == "scalar":
            return (self,) if self.text else ()
        return self.items


class YamlFormError(Exception):
    """YAML that is valid, but not as settings may be."""

    def __init__(self, line: int, message: str, fix: str) -> None:
        super().__init__(message)
        self.line, self.message, self.fix = line, message, fix


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet. `size` counts the values in it."""

    line: int
    kind: str
    anchor: str | None
    items: list[Value] = field(default_factory=list)
    entries: dict[str, Value] = field(default_factory=dict)
    key_lines: dict[str, int] = field(default_factory=dict)
    key: str | None = None
    size: int = 1

    def add(self, value: Value, size: int) -> None:
        self.size += size
        if self.kind == "list":
            self.items.append(value)
        elif self.key is None:
            self._begin(value)
        else:
            self.entries[self.key] = value
            self.key = None

    def _begin(self, key: Value) -> None:
        """Note a key; its value comes next."""
        if key.kind != "scalar":
            fix = "Put quotes around text that begins with a bracket or a brace"
            raise YamlFormError(key.line, "a list or a mapping stands here in the place of a key", fix)
        if key.text in self.key_lines:
            message = f"`{key.text}` stands here for the second time, after line {self.key_lines[key.text]}"
            raise YamlFormError(key.line, message, "Remove one of the two")
        self.key_lines[key.text] = key.line
        self.key = key.text

    def value(self) -> Value:
        return Value(
            self.line,
            items=tuple(self.items),
            entries=self.entries,
            kind=self.kind,
            key_lines=self.key_lines,
        )


class _Builder:
    """Puts values into the lists and mappings that hold them."""

    def __init__(self) -> None:
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Value, int]] = {}
        self.whole: Value | None = None
        self.documents = 0

    def begin(self, line: int, kind: str, anchor: str | None) -> None:
        if len(self.open) == _DEEPEST:
            raise YamlFormError(line, "this YAML is nested too deeply", "Remove levels of nesting")
        self.open.append(_Open(line, kind, anchor))

    def end(self) -> None:
        done = self.open.pop()
        self.add(done.value(), done.anchor, done.size)

    def add(self, value: Value, anchor: str | None, size: int = 1) -> None:
        if anchor is not None:
            self.anchors[anchor] = (value, size)
        if self.open:
            self.open[-1].add(value, size)
        else:
            self.whole = value
        if size > _LARGEST or (self.open and self.open[-1].size > _LARGEST):
            message = "aliases (`*name`) make this YAML larger than it may be"
            raise YamlFormError(value.line, message, "Write out what they stand for, or remove them")

    def alias(self, name: str, line: int) -> None:
        if name not in self.anchors:
            fix = f"Put quotes around text that begins with `*`, or write `&{name}` before what it stands for"
            raise YamlFormError(line, f"nothing before this line says what `*{name}` stands for", fix)
        value, size = self.anchors[name]
        self.add(value, None, size)

    def document(self, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            raise YamlFormError(line, "a second YAML document begins here", "Remove the line `---`")


def build_value(events: Iterable[yaml.Event], first_line: int) -> Value | None:
    """The value of the one document of `events`, whose line 0 is line `first_line + 1` of its file.

    `None` for a document without content. Raises `YamlFormError` for what is nested too deeply or made too large by
    aliases, for keys that repeat or are no text, and for a second document; and what `events` raise.
    """
    builder = _Builder()
    for event in events:
        line = first_line + (event.start_mark.line if event.start_mark else 0) + 1
        if isinstance(event, yaml.ScalarEvent):
            builder.add(_scalar(event, line, is_key=_awaits_key(builder)), event.anchor)
        elif isinstance(event, yaml.SequenceStartEvent):
            builder.begin(line, "list", event.anchor)
        elif isinstance(event, yaml.MappingStartEvent):
            builder.begin(line, "mapping", event.anchor)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            builder.end()
        elif isinstance(event, yaml.AliasEvent):
            builder.alias(str(event.anchor), line)
        elif isinstance(event, yaml.DocumentStartEvent):
            builder.document(line)
    whole = builder.whole
    return None if whole is not None and whole.kind == "scalar" and not whole.text else whole


def _awaits_key(builder: _Builder) -> bool:
    return bool(builder.open) and builder.open[-1].kind == "mapping" and builder.open[-1].key is None


def _scalar(event: yaml.ScalarEvent, line: int, *, is_key: bool) -> Value:
    """Its text; `~` and `null` without quotes are none, unless they are keys."""
    text = without_controls(str(event.value))
    quoted = event.style in ("'", '"')
    return Value(line, text if quoted or is_key or text not in _NOTHING else "")
