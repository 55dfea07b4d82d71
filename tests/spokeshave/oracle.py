"""Pandoc as the judge of our Markdown: both renderings, reduced to text and structure.

Fenced divs are rendered as plain divs here: what the Workbench makes of them is tested elsewhere.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from xml.etree.ElementTree import Element

import html5lib
import pypandoc

from spokeshave.blocks import KINDS
from spokeshave.blocks.html import ROOT, in_view
from spokeshave.blocks.links import site_address
from spokeshave.blocks.page import render_body
from spokeshave.blocks.writer import Kinds
from spokeshave.markdown import parse
from spokeshave.theme import words

READER = (
    "markdown-hard_line_breaks+smart+auto_identifiers+autolink_bare_uris+emoji+footnotes"
    "+header_attributes+inline_notes+link_attributes+markdown_in_html_blocks+native_divs"
    "+tex_math_dollars+tex_math_single_backslash+yaml_metadata_block"
)
"""The reader options of the Workbench (`workbench.md` 3.1)."""

PLAIN = Kinds(blocks=KINDS.blocks, inlines=KINDS.inlines, divs={}, address=KINDS.address)
_WORDS = words("en")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_KEPT = ("href", "src", "alt", "start", "type", "colspan", "rowspan", "checked", "title")
_UNWRAPPED = frozenset({"html", "body", "head", "section", "span", "tbody", "colgroup", "annotation-xml"})


def pandoc_html(text: str) -> str:
    """What pandoc makes of `text`."""
    command = [
        pypandoc.get_pandoc_path(),
        "-f",
        READER,
        "-t",
        "html5",
        "--mathml",
        "--wrap=preserve",
        "--preserve-tabs",
    ]
    options = ["--syntax-highlighting=none", "--quiet"]
    done = subprocess.run([*command, *options], input=text, capture_output=True, text=True, check=True)
    return done.stdout


def our_html(text: str) -> str:
    """What we make of `text`, with every fenced div a plain one."""
    body = render_body(parse(text), kinds=PLAIN, words=_WORDS)
    return in_view(body.html, instructor=False)


def our_lesson_html(text: str, *, instructor: bool = True) -> str:
    """What we make of `text` in a lesson, as instructors see it or as learners do."""
    body = render_body(parse(text), kinds=KINDS, words=_WORDS)
    return in_view(body.html, instructor=instructor)


def structure(html: str) -> str:
    """Elements (indented by depth) and their text, without what the two may differ in by design."""
    tree = html5lib.parse(f"<body>{html}</body>", namespaceHTMLElements=False)
    return "\n".join(line for line in _lines(tree, 0) if line.strip())


def _lines(element: Element, depth: int) -> Iterator[str]:
    """One line an element or text; runs of inline text are joined before they are printed."""
    pieces: list[str] = []
    for piece in _pieces(element, depth):
        if piece.startswith("\x00"):
            pieces.append(piece[1:])
            continue
        yield _joined(pieces, depth)
        pieces = []
        yield piece
    yield _joined(pieces, depth)


def _joined(pieces: list[str], depth: int) -> str:
    text = " ".join("".join(pieces).split())
    return "  " * depth + "| " + text if text else ""


def _pieces(element: Element, depth: int) -> Iterator[str]:
    if element.text:
        yield "\x00" + element.text
    for child in element:
        yield from _child(child, depth)
        if child.tail:
            yield "\x00" + child.tail


def _child(child: Element, depth: int) -> Iterator[str]:
    if not isinstance(child.tag, str):
        yield "  " * depth + f"<!--{(child.text or '').strip()}-->"
        return
    classes = (child.get("class") or "").split()
    if child.tag.endswith("}math"):
        yield "  " * depth + "math " + _tex(child)
    elif _is_furniture(child, classes):
        return
    elif child.tag in ("div", "section") and (heading := _merged_heading(child)) is not None:
        heading.set("id", str(child.get("id")))
        del child.attrib["id"]
        yield from _child(child, depth)
    elif child.tag in _UNWRAPPED or {"codewrapper", "footnotes", "section", "table-wrapper"} & set(classes):
        yield from _pieces(child, depth)
    elif child.tag == "pre":
        yield "  " * depth + "pre " + "".join(child.itertext()).strip("\n").replace("\n", "\u23ce")
    else:
        # The Workbench makes a figure of an image alone in a paragraph, with or without a caption.
        bare = child.tag == "figure" and child.find("figcaption") is None
        yield "  " * depth + f"<{'p' if bare else child.tag}{_attributes(child)}>"
        yield from (line for line in _lines(child, depth + 1) if line)


def _merged_heading(div: Element) -> Element | None:
    """The heading that a div begins with, where pandoc has moved the heading's id to the div."""
    first = next(iter(div), None)
    if first is not None and first.tag in _HEADINGS and div.get("id") and not first.get("id"):
        return first
    return None


def _tex(math: Element) -> str:
    annotation = next((part for part in math.iter() if str(part.tag).endswith("annotation")), None)
    text = "".join(annotation.itertext()) if annotation is not None else "".join(math.itertext())
    return " ".join(text.split())


def _is_furniture(child: Element, classes: list[str]) -> bool:
    """What the Workbench's pages have and pandoc's do not."""
    anchor = child.tag == "a" and ("anchor" in classes or child.get("tabindex") == "-1")
    return anchor or "code-label" in classes or "half-width" in classes or child.tag == "col"


def _attributes(child: Element) -> str:
    kept = [(name, child.get(name)) for name in _KEPT if child.get(name) is not None]
    if child.tag in _HEADINGS and child.get("id"):
        kept.append(("id", str(child.get("id")).replace(".", "-")))
    return "".join(f" {name}={_normal(str(value))}" for name, value in sorted(kept))


@cache
def _normal(value: str) -> str:
    """An attribute's value; addresses as they are in the built site."""
    return re.sub(r"\s+", " ", site_address(value).replace(ROOT, ""))
