"""Comments that allow what a rule would report, with the reason why.

    <!-- allow belittling-word: a quotation -->

Such a comment covers what stands directly below it: a paragraph, a list, a code block, a whole div;
inside a paragraph it covers that paragraph. For what is said of a page as a whole (its minutes, its
title) it may stand anywhere on the page, for what is said of files that are no pages, anywhere on the
home page. Several may stand one below the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from spokeshave.checks.finding import Finding, finding
from spokeshave.checks.rules import RULES
from spokeshave.checks.tags import inline_html
from spokeshave.markdown import Node

_COMMENT = re.compile(r"<!--\s*allow\s+([\w-]+)\s*(?:(:)(.*?))?-->", re.DOTALL | re.IGNORECASE)
_FORM = "<!-- allow {}: why it is right here -->"
_NEVER_ALLOWED = frozenset({"allow-form", "allow-nothing", "broken"})


@dataclass(frozen=True, slots=True)
class Allowance:
    """One such comment. It covers the lines from `first` to `last`."""

    path: str
    line: int
    rule: str
    reason: str
    first: int
    last: int

    def covers(self, found: Finding, whole_page: bool) -> bool:
        """Whether it allows `found`; `whole_page`: that is said of the page, or of no page at all."""
        return self.rule == found.rule and (whole_page or self.first <= found.line <= self.last)


def allowances_of(path: str, nodes: Sequence[Node]) -> Iterator[Allowance | Finding]:
    """The comments of a page, and a finding for each one that cannot be followed."""
    waiting: list[tuple[str, int]] = []
    for node in nodes:
        if node.kind == "html_block" and not node.children:
            if node.token.content.startswith("<!--"):
                waiting.append((node.token.content, node.line))
            continue
        if waiting:
            last = last_line(node)
            for text, line in waiting:
                yield from _read(path, text, line, line, last)
            waiting.clear()
        if node.kind == "inline":
            for text, line in _inside(node):
                yield from _read(path, text, line, node.line, last_line(node))
        yield from allowances_of(path, node.children)
    for text, line in waiting:
        yield from _read(path, text, line, line, line)


def last_line(node: Node) -> int:
    """The last line of a block, or of what it holds."""
    return max((part.token.map[1] for part in node.walk() if part.token.map), default=0)


def _inside(node: Node) -> Iterator[tuple[str, int]]:
    """The comments in a paragraph."""
    return ((html, line) for html, line in inline_html(node) if html.startswith("<!--"))


def _read(path: str, text: str, line: int, first: int, last: int) -> Iterator[Allowance | Finding]:
    match = _COMMENT.fullmatch(text.strip())
    if match is None:
        return
    rule, reason = match[1], " ".join((match[3] or "").split())
    if rule not in RULES:
        meant = get_close_matches(rule, RULES, cutoff=0.7)
        if match[2] or meant:
            fix = f"If `{meant[0]}` is meant: {_FORM.format(meant[0])}" if meant else "See the list of rules"
            yield finding(path, line, 1, "allow-form", f"there is no rule `{rule}`", fix)
    elif rule in _NEVER_ALLOWED:
        yield finding(path, line, 1, "allow-form", f"`{rule}` cannot be allowed", "Mend what it is about")
    elif not reason:
        message = f"`allow {rule}` comes without a reason"
        yield finding(path, line, 1, "allow-form", message, f"Write it like this: {_FORM.format(rule)}")
    else:
        yield Allowance(path, line, rule, reason, first, last)
