"""Which kind of div a div is, and what renders it."""

from __future__ import annotations

from spokeshave.blocks import boxes, challenge, folds, overview, tabs, text
from spokeshave.blocks.writer import BlockRenderer, Writer
from spokeshave.markdown import Node

DIVS: dict[str, BlockRenderer] = {
    "questions": overview.overview,
    "objectives": overview.overview,
    **dict.fromkeys(folds.FOLD_ORDER, folds.fold),
    "challenge": challenge.challenge,
    "tab": tabs.tabs,
    "group-tab": tabs.tabs,
    **{kind: boxes.box for kind in boxes.ICONS if kind != "challenge"},
}
"""The kinds of divs that the Workbench knows. The order says which wins where a div has several."""

BOXES = frozenset(boxes.ICONS) - {"challenge"}
"""Kinds that count only as a div's first class: `{.extra .callout}` is no box."""


def div(writer: Writer, node: Node) -> str:
    """A div, by its kind."""
    kind = writer.div_kind(node)
    return writer.kinds.divs[kind](writer, node) if kind else text.plain_div(writer, node)
