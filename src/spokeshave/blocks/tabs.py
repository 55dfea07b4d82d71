"""Tabs: one panel a heading. Without scripts the panels stand one below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spokeshave.blocks.boxes import content_html
from spokeshave.blocks.html import escape
from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node
from spokeshave.markdown.identifiers import plain_text

_NOT_IN_NAMES = re.compile(r"[\s()]")


def tabs(writer: Writer, node: Node) -> str:
    """Tabs on their own (`tab`), or tabs that are chosen on all pages together (`group-tab`)."""
    grouped = "tab" not in node.classes
    number = writer.number("group-tab" if grouped else "tab")
    before, panels = _split(node.children)
    introduction = content_html(writer, before) + "\n" if before else ""
    if not panels:
        return introduction
    made = [_panel(writer, panel, number, count, grouped=grouped) for count, panel in enumerate(panels, 1)]
    buttons = "\n".join(button for button, _ in made)
    contents = "\n".join(content for _, content in made)
    list_id = writer.unique_id(f"nav-tab-{number}")
    content_id = writer.unique_id(f"nav-tabContent-{number}")
    mark = " data-group-tabs" if grouped else ""
    return (
        f'{introduction}<div class="tabs"{mark}>\n'
        f'<nav class="js-only" role="presentation">\n'
        f'<div class="nav nav-tabs" id="{list_id}" role="tablist">\n{buttons}\n</div>\n</nav>\n'
        f'<div class="tab-content" id="{content_id}">\n{contents}\n</div>\n</div>'
    )


def _split(nodes: Sequence[Node]) -> tuple[Sequence[Node], list[Sequence[Node]]]:
    """What stands before the first heading, and one run of blocks for each heading of its level."""
    starts = [position for position, node in enumerate(nodes) if node.kind == "heading"]
    if not starts:
        return nodes, []
    level = nodes[starts[0]].token.tag
    starts = [position for position in starts if nodes[position].token.tag <= level]
    ends = [*starts[1:], len(nodes)]
    return nodes[: starts[0]], [nodes[start:end] for start, end in zip(starts, ends, strict=True)]


def _panel(
    writer: Writer, nodes: Sequence[Node], number: int, count: int, *, grouped: bool
) -> tuple[str, str]:
    """The button and the panel of one tab."""
    heading = nodes[0]
    title, level = writer.text_of(heading), heading.token.tag
    name = _NOT_IN_NAMES.sub("", plain_text(heading.children[0].token.children or ()))
    part = f"{number}-{name if grouped else count}"
    button_id = escape(writer.unique_id(f"nav-tab-{part}"))
    panel_id = escape(writer.unique_id(f"nav-tabpanel-{part}"))
    heading_id = escape(writer.unique_id(f"nav-tab-heading-{part}"))
    first = count == 1
    named = f' name="{escape(name)}"' if grouped else ""
    button = (
        f'<button class="nav-link{" active" if first else ""}" id="{button_id}"{named} type="button" role="tab" '
        f'aria-controls="{panel_id}" aria-selected="{"true" if first else "false"}">{title}</button>'
    )
    panel = (
        f'<div class="tab-pane{" show active" if first else ""}" id="{panel_id}" role="tabpanel" '
        f'aria-labelledby="{button_id}">\n'
        f'<{level} class="tab-header" id="{heading_id}">{title}</{level}>\n'
        f"{content_html(writer, nodes[1:])}\n</div>"
    )
    return button, panel
