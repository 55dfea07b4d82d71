"""Raw HTML on its way into the page: its addresses lead to the built site, its images are figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape

from markdown_it.token import Token

from spokeshave.blocks.body import Image
from spokeshave.blocks.html import attributes_html, escape
from spokeshave.blocks.pictures import HAS_DARK_COLORS, known_picture, room_attributes, with_dark_variant
from spokeshave.blocks.writer import Writer
from spokeshave.markdown.html_tags import read_attributes

_ATTRIBUTES = r"""(?:[^<>"']|"[^"]*"|'[^']*')*"""
TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    rf"|(?P<opening><(?P<name>script|style|textarea)\b{_ATTRIBUTES}>)(?P<text>.*?(?=</(?P=name)|\Z))"
    rf"|(?P<tag><[a-z]{_ATTRIBUTES}>)",
    re.DOTALL | re.IGNORECASE,
)
"""Comments; elements that hold text, as far as their closing tags; other tags that open."""
_ADDRESS = re.compile(
    r"""(?<=\s)(?P<name>href|src|poster|srcset|data)(?P<equals>\s*=\s*)(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'<>]+))""",
    re.IGNORECASE,
)
_CLASS = re.compile(r"""(?<=\s)class\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)
_IMAGE = re.compile(r"<img\s", re.IGNORECASE)
_LONE_IMAGE = re.compile(r"""<img\s(?:[^<>"']|"[^"]*"|'[^']*')*>$""", re.IGNORECASE)


def rewrite_addresses(writer: Writer, html: str) -> str:
    """`html` with the addresses in its tags as they are in the built site; all else stays as it is."""
    if "=" not in html:
        return html
    return _in_tags(html, lambda tag: _ADDRESS.sub(lambda found: _replaced(writer, found), tag))


def _in_tags(html: str, change: Callable[[str], str]) -> str:
    """`html` with its tags changed. Comments, and the text of scripts, styles and text areas, hold none."""

    def changed(found: re.Match[str]) -> str:
        tag = found["opening"] or found["tag"]
        return change(tag) + (found["text"] or "") if tag else found[0]

    return TAG.sub(changed, html)


def _replaced(writer: Writer, match: re.Match[str]) -> str:
    for quote, group in (('"', "double"), ("'", "single"), ("", "bare")):
        if match[group] is not None:
            new = _built(writer, match["name"].lower(), match[group])
            return f"{match['name']}{match['equals']}{quote}{new}{quote}"
    return match[0]


def _built(writer: Writer, name: str, value: str) -> str:
    if name != "srcset":
        return writer.kinds.address(value.strip())
    parts = (part.split(maxsplit=1) for part in value.split(",") if part.strip())
    return ", ".join(" ".join([writer.kinds.address(address), *size]) for address, *size in parts)


def raw_html(writer: Writer, html: str, classes: str = "figure") -> str:
    """Raw HTML for the page. Its images get `classes`, and are noted as the page's."""
    html = rewrite_addresses(writer, html)
    if "<img" not in html and "<IMG" not in html:
        return html
    return _in_tags(html, lambda tag: _image(writer, tag, classes))


def _image(writer: Writer, tag: str, classes: str) -> str:
    if not _IMAGE.match(tag):
        return tag
    given = read_attributes(tag[4:-1])
    picture = known_picture(writer, unescape(given.get("src", "")))
    if picture and "srcset" not in given:
        tag = f"<img{attributes_html(room_attributes(given, picture, first=not writer.images))}{tag[4:]}"
        classes = f"{classes} {HAS_DARK_COLORS}" if picture.has_dark_colors else classes
    own = _CLASS.search(tag)
    if own is None:
        tag = f'{tag[:4]} class="{escape(classes)}"{tag[4:]}'
    else:
        names = next(value for value in own.groups() if value is not None)
        tag = f'{tag[: own.start()]}class="{classes} {names}"{tag[own.end() :]}'
    alternative = given.get("alt")
    writer.images.append(Image(None if alternative is None else unescape(alternative), f"<p>{tag}</p>"))
    return tag


def lone_raw_image(writer: Writer, tokens: Sequence[Token]) -> str | None:
    """The figure of a raw `<img>` that is all a paragraph holds, or `None`."""
    if len(tokens) != 1 or tokens[0].type != "html_inline" or not _LONE_IMAGE.match(tokens[0].content):
        return None
    image = raw_html(writer, tokens[0].content, "figure mx-auto d-block")
    source = unescape(read_attributes(image[4:-1]).get("src", ""))
    html = f"<figure>\n{with_dark_variant(writer, source, image)}\n</figure>"
    writer.images[-1] = Image(writer.images[-1].alt, html)
    return html
