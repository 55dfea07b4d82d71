"""Fences of a file rewritten, and every other byte of it left as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spokeshave.lesson import Page
from spokeshave.markdown import parse
from spokeshave.problems import Problem
from spokeshave.reading.text import normalized
from spokeshave.snippets.updates import Update

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FENCE = re.compile(r"`{3,}|~{3,}")


def rewritten(raw: bytes, page: Page, updates: Sequence[Update], left: list[Problem]) -> bytes:
    """The bytes of `page`'s file, which are `raw`, with the content of some fences replaced.

    Updates that cannot be written are added to `left`, and so are all of them if the file is not what
    was read any more.
    """
    if _as_read(raw) != page.text:
        left.append(Problem(page.path, 0, "the file was changed while its code ran", "Run the command again"))
        return raw
    lines = _LINE.findall(raw)
    for update in sorted(updates, key=lambda update: update.fence.line, reverse=True):
        changed = _replaced(lines, update)
        reason = _obstacle(lines, changed, update, page.first_line)
        if reason:
            left.append(Problem(page.path, update.fence.line, *reason))
        else:
            lines = changed
    return b"".join(lines)


def _as_read(raw: bytes) -> str:
    """The text as the reader of lessons gives it, without a byte-order mark and with its line ends."""
    return normalized(raw.decode("utf-8", "replace").lstrip("\ufeff"))


def _replaced(lines: Sequence[bytes], update: Update) -> list[bytes]:
    """The lines of the file with the content of one fence replaced; line ends are those of the fence."""
    fence = update.fence
    opening = lines[fence.line - 1]
    ending = opening[len(opening.rstrip(b"\r\n")) :]
    old = lines[fence.first - 1 : fence.last]
    new = [_with_prefix(line, fence.indent).encode() + ending for line in update.lines]
    # A line that stays keeps its bytes, blanks at its end and all.
    before = fence.text.split("\n")[: len(old)]
    if len(old) == len(new):
        pairs = zip(old, before, new, update.lines, strict=True)
        new = [was if then == now else line for was, then, line, now in pairs]
    return [*lines[: fence.first - 1], *new, *lines[fence.last :]]


def _with_prefix(line: str, indent: str) -> str:
    return indent + line if line else indent.rstrip()


def _obstacle(
    lines: Sequence[bytes], changed: Sequence[bytes], update: Update, first_line: int
) -> tuple[str, str] | None:
    """Why the new lines cannot stand in the fence: what is wrong, and how to mend it."""
    if any(normalized(line) != line for line in update.lines):
        return "the output has control characters, which a page cannot hold", "Let it print plain text"
    opening = _FENCE.search(lines[update.fence.line - 1].decode())
    assert opening is not None
    mark = opening[0]
    if any(_closes(line, mark) for line in update.lines):
        return (
            f"the output has a line that would close this fence (`{mark}`)",
            f"Make the fence longer first: {mark}{mark[0]}",
        )
    if not _is_read_as_meant(lines, changed, update, first_line):
        return "the output would change how the page is read", "Write it into the page by hand"
    return None


def _closes(line: str, mark: str) -> bool:
    return line.strip().startswith(mark) and not line.strip().strip(mark[0])


def _fences(lines: Sequence[bytes], first_line: int) -> list[tuple[int, int, str]]:
    """Every fence of a page: its line, how many lines follow it, its content."""
    text = _as_read(b"".join(lines))
    total = text.count("\n")
    found = (node.token for node in parse(text, first_line).walk() if node.kind == "fence")
    return [(token.map[0] + 1, total - token.map[1], token.content) for token in found if token.map]


def _is_read_as_meant(
    lines: Sequence[bytes], changed: Sequence[bytes], update: Update, first_line: int
) -> bool:
    """Whether the changed page has the same fences but for the content of the one replaced."""
    longer = len(changed) - len(lines)
    here = update.fence.line
    wanted = "".join(f"{line}\n" for line in update.lines)
    expected = []
    for line, after, content in _fences(lines, first_line):
        if line < here:
            expected.append((line, after + longer, content))
        else:
            expected.append((line, after, wanted) if line == here else (line + longer, after, content))
    return _fences(changed, first_line) == expected
