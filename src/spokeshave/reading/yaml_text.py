"""YAML with line numbers, and with every scalar the text that its author wrote.

Authors write `title: 2024` and `lang: no` and mean text. So nothing is turned into numbers, dates
or booleans here; whoever wants one asks for it. `yaml_values.py` makes the values.
"""

from __future__ import annotations

import yaml

from spokeshave.reading.report import Report
from spokeshave.reading.yaml_values import Value, YamlFormError, build_value

__all__ = ["Value", "read_value", "read_yaml"]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE_ENDS = str.maketrans({"\x85": " ", "\u2028": " ", "\u2029": " "})
"""Signs that end a line in YAML, but in no editor: with them, lines would be miscounted."""
_ADVICE = {
    "found character": "Indent with spaces, not with tabs, and put quotes around text that begins with a sign",
    "found unexpected end of stream": "Close each quotation mark",
    "did not find expected": "Close each quotation mark and bracket, and indent alike what belongs together",
    "while scanning a": "Close each quotation mark and bracket",
    "found unknown escape": "Use single quotes around text with a backslash",
    "found invalid Unicode": "Write the sign itself, or leave it out",
}
_USUAL_ADVICE = "Put quotes around a value that holds a colon, and indent with spaces"


def read_yaml(text: str, path: str, report: Report, first_line: int = 0) -> Value:
    """Read `text`, whose first line is line `first_line + 1` of the file `path`.

    What is not valid YAML, or no mapping, is an error in `report` and reads as empty.
    """
    nothing = Value(first_line + 1, kind="mapping")
    value = read_value(text, path, report, first_line)
    if value is None:
        return nothing
    if value.kind != "mapping":
        report.error(path, value.line, "this is not a list of `key: value` lines", "Write one key a line")
        return nothing
    return value


def read_value(text: str, path: str, report: Report, first_line: int = 0) -> Value | None:
    """As `read_yaml`, for what may be a list, too. `None` if it cannot be read or is empty."""
    try:
        return build_value(yaml.parse(text.translate(_LINE_ENDS), Loader=_Loader), first_line)
    except YamlFormError as error:
        report.error(path, error.line, error.message, error.fix)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        position = getattr(error, "position", None)
        before = text.count("\n", 0, position) if position is not None else 0
        line = first_line + (mark.line if mark else before) + 1
        reason = " ".join(str(getattr(error, "problem", None) or "it has signs that are none").split())
        fix = next((fix for start, fix in _ADVICE.items() if reason.startswith(start)), _USUAL_ADVICE)
        report.error(path, line, f"this is not valid YAML ({reason})", fix)
    return None
