"""One parsed page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from spokeshave.markdown.faults import Fault, found_faults
from spokeshave.markdown.parser import PARSER
from spokeshave.markdown.references import References
from spokeshave.markdown.tree import Node, build_tree


@dataclass(frozen=True, slots=True)
class Document:
    """A page's blocks, and what was wrong with their form."""

    nodes: tuple[Node, ...]
    faults: tuple[Fault, ...]
    labels: frozenset[str] = frozenset()
    """The normalised labels of all link definitions that the page can use; headings are not among them."""

    def walk(self) -> Iterator[Node]:
        """Every block of the page, in the order of the text."""
        for node in self.nodes:
            yield from node.walk()


def parse(text: str, first_line: int = 0, references: References | None = None) -> Document:
    """Parse a page of the Workbench's Markdown.

    `text` is the whole file; its first `first_line` lines (the front matter) are left out, yet
    counted, so that every node knows its line of the file. `references` are link definitions from
    elsewhere (`links.md`); the page's own lose against them, as the Workbench appends that file to
    every page and pandoc lets the last definition win.
    """
    lines = text.split("\n")
    body = "\n" * first_line + "\n".join(lines[first_line:])
    env: dict[str, Any] = {"shared_references": references or {}}
    tokens = PARSER.parse(body, env)
    labels = (label for label, target in env.get("references", {}).items() if "attrs" in target)
    return Document(build_tree(tokens), found_faults(env), frozenset(labels))
