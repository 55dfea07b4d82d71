"""YAML with line numbers, and with every scalar the text that its author wrote.

Authors write `title: 2024` and `lang: no` and mean text. So nothing is turned into numbers, dates
or booleans here; whoever wants one asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from spokeshave.reading.report import Report

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "yes", "on", "1"})
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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


def read_yaml(text: str, path: str, report: Report, first_line: int = 0) -> Value:
    """Read `text`, whose first line is line `first_line + 1` of the file `path`.

    What is not valid YAML, or no mapping, is an error in `report` and reads as empty.
    """
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line + 1 if mark else 1)
        reason = " ".join(str(getattr(error, "problem", None) or "cannot be read").split())
        report.error(
            path,
            line,
            f"this is not valid YAML ({reason})",
            "Put quotes around a value that holds a colon, and indent with spaces",
        )
        return Value(first_line + 1, kind="mapping")
    except RecursionError:
        report.error(path, first_line + 1, "this YAML is nested too deeply", "Remove levels of nesting")
        return Value(first_line + 1, kind="mapping")
    value = _convert(node, first_line) if node is not None else Value(first_line + 1, kind="mapping")
    if value.kind != "mapping":
        report.error(path, value.line, "this is not a list of `key: value` lines", "Write one key a line")
        return Value(first_line + 1, kind="mapping")
    return value


def _convert(node: yaml.Node, first_line: int) -> Value:
    line = first_line + node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        items = tuple(_convert(item, first_line) for item in node.value)
        return Value(line, items=items, kind="list")
    if isinstance(node, yaml.MappingNode):
        entries = {str(key.value): _convert(value, first_line) for key, value in node.value}
        lines = {str(key.value): first_line + key.start_mark.line + 1 for key, _ in node.value}
        return Value(line, entries=entries, kind="mapping", key_lines=lines)
    quoted = getattr(node, "style", None) in ("'", '"')
    text = str(node.value)
    return Value(line, text if quoted or text not in _NOTHING else "")
