"""Definition lists."""

from __future__ import annotations

from spokeshave.blocks.terms import define, is_glossary
from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node


def definition_list(writer: Writer, node: Node) -> str:
    if is_glossary(writer):
        return f"<dl>\n{_glossary(writer, node)}\n</dl>"
    return f"<dl>\n{writer.blocks(node.children)}\n</dl>"


def term(writer: Writer, node: Node) -> str:
    return f"<dt>{writer.text_of(node)}</dt>"


def definition(writer: Writer, node: Node) -> str:
    return f"<dd>{writer.blocks(node.children)}</dd>"


def _glossary(writer: Writer, node: Node) -> str:
    """The list, with its definitions remembered; a term and all its definitions are one entry."""
    parts: list[str] = []
    children = node.children
    for position, child in enumerate(children):
        if child.kind == "dt":
            name, meanings = writer.text_of(child), []
            parts.append(f"<dt>{name}</dt>")
            continue
        meanings.append(writer.blocks(child.children))
        is_last = position + 1 == len(children) or children[position + 1].kind == "dt"
        mark = define(writer, name, name, "\n".join(meanings)) if is_last else ""
        parts.append(f"<dd>{meanings[-1]}{mark}</dd>")
    return "\n".join(parts)
