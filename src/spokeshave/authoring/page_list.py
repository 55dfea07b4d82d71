"""The lists of pages in `config.yaml`, changed line by line: comments, order and all else stay.

A list is changed only where it has one file a line. What comes out is read again before it is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from spokeshave.authoring.changes import Change
from spokeshave.problems import LessonError, Problem
from spokeshave.reading.report import Report
from spokeshave.reading.settings import find_config
from spokeshave.reading.text import normalized
from spokeshave.reading.yaml_text import Value, read_yaml

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_ITEM = re.compile(
    r"(?P<before>[ \t]*-[ \t]+)(?P<name>'[^']*'|\"[^\"]*\"|[^\s#'\"][^#\r\n]*?)(?P<after>\s*(?:\s#.*)?)$"
)
_ONE_A_LINE = "Write the list with one file a line: `- name.md`"


@dataclass(frozen=True, slots=True)
class PageList:
    """The list of one folder in the file `path`, which holds `raw`."""

    path: str
    folder: str
    raw: bytes

    @property
    def names(self) -> list[str]:
        """The files that are listed; none if there is no list."""
        return [item.text for item in self._items()]

    def line_of(self, name: str) -> int:
        """The line of `name`, counted from one; zero if it is not listed."""
        return next((item.line for item in self._items() if item.text == name), 0)

    def added(self, name: str) -> Change:
        """The list with `name` at its end."""

        def add(lines: list[str], places: list[int]) -> None:
            last = lines[places[-1]]
            text = last.rstrip("\r\n")
            ending = last[len(text) :] or "\n"
            lines[places[-1]] = text + ending
            lines.insert(places[-1] + 1, f"{self._match(last)['before']}{name}{ending}")

        return self._change(add, [*self.names, name])

    def moved(self, name: str, position: int) -> Change:
        """The list with `name` at `position`, counted from one. Comment lines stay where they are."""
        names = self.names
        names.remove(name)
        names.insert(position - 1, name)

        def move(lines: list[str], places: list[int]) -> None:
            texts = {
                item: lines[place].rstrip("\r\n") for item, place in zip(self.names, places, strict=True)
            }
            for item, place in zip(names, places, strict=True):
                ending = lines[place][len(lines[place].rstrip("\r\n")) :]
                lines[place] = texts[item] + ending

        return self._change(move, names)

    def renamed(self, old: str, new: str) -> Change:
        """The list with `new` in the place of `old`."""

        def rename(lines: list[str], places: list[int]) -> None:
            place = places[self.names.index(old)]
            found = self._match(lines[place].rstrip("\r\n"))
            ending = lines[place][len(lines[place].rstrip("\r\n")) :]
            lines[place] = f"{found['before']}{new}{found['after']}{ending}"

        return self._change(rename, [new if name == old else name for name in self.names])

    def _items(self) -> tuple[Value, ...]:
        return self._read(self.raw).get(self.folder).texts

    def _read(self, raw: bytes) -> Value:
        report = Report()
        config = read_yaml(normalized(raw.decode("utf-8-sig")), self.path, report)
        report.stop_on_errors()
        return config

    def _change(self, edit: Callable[[list[str], list[int]], None], wanted: list[str]) -> Change:
        """The file after `edit` of its lines, given the places of the list's items among them."""
        mark = b"\xef\xbb\xbf" if self.raw.startswith(b"\xef\xbb\xbf") else b""
        lines = _LINES.findall(self.raw.decode("utf-8-sig"))
        places = [item.line - 1 for item in self._items()]
        for item, place in zip(self._items(), places, strict=True):
            if self._match(lines[place])["name"].strip("'\"") != item.text:
                raise LessonError(self._unknown_form(item.line))
        edit(lines, places)
        raw = mark + "".join(lines).encode()
        was, now = self._read(self.raw).entries, self._read(raw).entries
        others = [[_plain(value) for key, value in all_.items() if key != self.folder] for all_ in (was, now)]
        if [item.text for item in now[self.folder].texts] != wanted or others[0] != others[1]:
            raise LessonError(self._unknown_form(was[self.folder].line))
        return Change(self.path, self.raw, raw)

    def _match(self, line: str) -> re.Match[str]:
        found = _ITEM.match(line.rstrip("\r\n"))
        if found is None:
            raise LessonError(self._unknown_form(self._read(self.raw).get(self.folder).line))
        return found

    def _unknown_form(self, line: int) -> Problem:
        return Problem(
            self.path,
            line,
            f"the list of {self.folder} is written in a form that cannot be changed here",
            _ONE_A_LINE,
        )


def read_page_list(root: Path, folder: str) -> PageList:
    """The list of `folder` in the lesson's configuration."""
    path = find_config(root, Report())
    return PageList(path, folder, (root / path).read_bytes())


def _plain(value: Value) -> object:
    """A value without its lines."""
    return (
        value.kind,
        value.text,
        [_plain(item) for item in value.items],
        [*map(_plain, value.entries.values())],
    )
