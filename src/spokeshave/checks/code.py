"""Code: lines that do not fit, and blocks that are none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from spokeshave.blocks.lost_fences import LOST_FENCE_FIX, lost_fences
from spokeshave.checks.finding import Finding
from spokeshave.checks.page import CheckedPage

_LONGEST = 100
_OUTPUTS = frozenset({"output", "error", "warning"})


def check_code(page: CheckedPage) -> Iterator[Finding]:
    """Long lines of code. What programs print is as long as it is, and an address cannot be broken."""
    for node in page.nodes:
        if node.kind not in ("fence", "code_block") or not _OUTPUTS.isdisjoint(node.classes):
            continue
        first = node.line + (node.kind == "fence")
        for number, text in enumerate(node.token.content.split("\n"), first):
            if len(text) > _LONGEST and "://" not in text:
                line, column = page.columns.place((text,), number)
                message = f"this line of code has {len(text)} signs, so it is cut off on small screens"
                fix = f"Break it after at most {_LONGEST}"
                yield page.found("long-code", line, message, fix, column + _LONGEST)


def check_fences(page: CheckedPage) -> Iterator[Finding]:
    """Fences that are text. Below one of them, another may be its end: the first of a paragraph is told."""
    for node in page.nodes:
        if node.kind == "paragraph":
            lost = (line for inline in node.children for line, _ in lost_fences(inline))
            for line in islice(lost, 1):
                message = "this fence is text: it begins no code block"
                yield page.found_at("lost-fence", ("```", "~~~"), line, message, LOST_FENCE_FIX)
