"""Blocks back to Markdown; what Markdown cannot say is HTML, as on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from spokeshave.blocks.figure import lone_image
from spokeshave.blocks.html import in_view
from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node
from spokeshave.notebooks.addresses import Addresses
from spokeshave.notebooks.inline import InlineText

_FENCES = re.compile(r"^ *(`{3,})", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n\s*\n")
_BOXES = {True: "[x] ", False: "[ ] ", None: ""}
_CONSTANT = {"hr": "---", "footnote": ""}
"""Definitions of footnotes are shown at the page's end."""
_RULES = {"left": ":---", "right": "---:", "center": ":---:"}


class BlockText:
    """Writes the blocks of one page."""

    def __init__(self, writer: Writer, addresses: Addresses) -> None:
        self._writer = writer
        self._addresses = addresses
        self._inline = InlineText(writer, addresses)

    def block(self, node: Node) -> str:
        """One block as Markdown, without an empty line at its end; empty if nothing is to be shown."""
        if node.kind in _CONSTANT:
            return _CONSTANT[node.kind]
        write = _WRITERS.get(node.kind)
        text = write(self, node) if write else None
        return self.html(node) if text is None else text

    def blocks(self, nodes: Sequence[Node]) -> str:
        texts = (self.block(node) for node in nodes)
        return "\n\n".join(text for text in texts if text)

    def html(self, node: Node) -> str:
        """A block as the page has it. Empty lines would end the HTML, so there are none."""
        html = in_view(self._addresses.in_html(self._writer.block(node)), instructor=False).strip()
        return html if "<pre" in html else _BLANK_LINES.sub("\n", html)

    def line(self, node: Node) -> str:
        """The text of a heading or a table's cell, on one line."""
        return " ".join(self.text(node).split("\n"))

    def text(self, node: Node) -> str:
        return "".join(self._inline.text(child.token.children or ()) for child in node.children)

    def inline(self, node: Node) -> str:
        return self._inline.text(node.token.children or ())

    def paragraph(self, node: Node) -> str:
        """A paragraph; an image that stands alone has its caption below it."""
        image = lone_image(node)
        if image is None:
            return self.text(node)
        caption = self._inline.text(image.children or ())
        shown = self._inline.image(image)
        return f"{shown}\n\n<small>{caption}</small>" if caption else shown

    def heading(self, node: Node) -> str:
        return f"{'#' * int(node.token.tag[1])} {self.line(node)}"

    def fence(self, node: Node) -> str:
        content = node.token.content.rstrip("\n")
        longest = max((len(found) for found in _FENCES.findall(content)), default=2)
        fence = "`" * max(3, longest + 1)
        language = node.classes[0] if node.classes else ""
        return f"{fence}{language}\n{content}\n{fence}"

    def quote(self, node: Node) -> str:
        return quoted(self.blocks(node.children))

    def items(self, node: Node) -> str | None:
        """A list; `None` if its numbers are not plain ones."""
        if node.token.info not in ("", "decimal", "example"):
            return None
        tight = any(child.token.hidden for item in node.children for child in item.children)
        texts = [
            self.item(item, marker, tight=tight)
            for item, marker in zip(node.children, markers(node), strict=True)
        ]
        return ("\n" if tight else "\n\n").join(texts)

    def item(self, node: Node, marker: str, *, tight: bool) -> str:
        """One item, its lines below the first indented to stand in it."""
        texts = [text for text in map(self.block, node.children) if text]
        return hanging(("\n" if tight else "\n\n").join(texts), marker)

    def table(self, node: Node) -> str | None:
        """A pipe table with its caption above it; `None` if it has merged cells, or blocks in cells."""
        parts = {child.kind: child for child in node.children}
        if "thead" not in parts or "tfoot" in parts or not _is_plain(node):
            return None
        (head,) = parts["thead"].children
        body = parts["tbody"].children if "tbody" in parts else ()
        rules = [_rule(cell) for cell in head.children]
        lines = [self._row(head), f"| {' | '.join(rules)} |", *map(self._row, body)]
        caption = f"{self.text(parts['caption'])}\n\n" if "caption" in parts else ""
        return caption + "\n".join(lines)

    def _row(self, row: Node) -> str:
        cells = (
            " ".join(self._cell_text(cell).split("\n")).replace("|", "\\|").strip() for cell in row.children
        )
        return f"| {' | '.join(cells)} |"

    def _cell_text(self, cell: Node) -> str:
        """The text of a cell, which holds inline text or one hidden paragraph."""
        children = cell.children
        if children and children[0].kind == "paragraph":
            cell = children[0]
        return self.text(cell)


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def hanging(text: str, marker: str) -> str:
    """Text after a list marker, with its other lines indented."""
    indent = " " * len(marker)
    first, *rest = text.split("\n")
    return "\n".join([f"{marker}{first}", *(f"{indent}{line}".rstrip() for line in rest)])


def markers(node: Node) -> list[str]:
    """What stands in front of each item of a list."""
    boxes = [_BOXES[item.token.meta.get("checked")] for item in node.children]
    if node.kind == "bullet_list":
        return [f"- {box}" for box in boxes]
    start = int(node.token.attrs.get("start", 1))
    return [f"{number}. {box}" for number, box in enumerate(boxes, start)]


def _is_plain(table: Node) -> bool:
    """Whether each cell is one line of text in one column and one row."""
    cells = [node for node in table.walk() if node.kind in ("th", "td")]
    spans = any("colspan" in cell.token.attrs or "rowspan" in cell.token.attrs for cell in cells)
    inner = [child for cell in cells for child in cell.children]
    hidden = all(child.kind == "inline" or child.token.hidden for child in inner)
    one_row = all(len(part.children) == 1 for part in table.children if part.kind == "thead")
    return not spans and hidden and one_row and all(len(cell.children) <= 1 for cell in cells)


def _rule(cell: Node) -> str:
    style = str(cell.token.attrs.get("style", ""))
    return _RULES.get(style.removeprefix("text-align: "), "---")


_WRITERS: Mapping[str, Callable[[BlockText, Node], str | None]] = {
    "paragraph": BlockText.paragraph,
    "inline": BlockText.inline,
    "heading": BlockText.heading,
    "fence": BlockText.fence,
    "code_block": BlockText.fence,
    "blockquote": BlockText.quote,
    "bullet_list": BlockText.items,
    "ordered_list": BlockText.items,
    "table": BlockText.table,
}
