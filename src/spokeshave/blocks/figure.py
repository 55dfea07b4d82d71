"""Images: alone in a paragraph a figure with its caption, otherwise part of the text."""

from __future__ import annotations

import re

from markdown_it.token import Token

from spokeshave.blocks.body import Image
from spokeshave.blocks.html import attributes_html
from spokeshave.blocks.pictures import HAS_DARK_COLORS, known_picture, room_attributes, with_dark_variant
from spokeshave.blocks.shown_text import shown_text
from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node

_PIXELS = re.compile(r"(\d+)(?:px)?$")


def lone_image(node: Node) -> Token | None:
    """The image that is all a paragraph holds, if so."""
    if len(node.children) != 1:
        return None
    tokens = node.children[0].token.children or ()
    return tokens[0] if len(tokens) == 1 and tokens[0].type == "image" else None


def _alternative(token: Token) -> str | None:
    """The text for those who do not see the image: `alt`, else the caption, else none."""
    if "alt" in token.attrs:
        return " ".join(str(token.attrs["alt"]).split())
    caption = shown_text(token.children or ())
    return caption or None


def _sizes(attributes: dict[str, str | int | float]) -> None:
    """Widths and heights in pixels are attributes; in any other unit they are style."""
    style = str(attributes.pop("style", "")).rstrip("; ")
    for name in ("width", "height"):
        value = str(attributes.pop(name, "")).strip()
        pixels = _PIXELS.match(value)
        if pixels:
            attributes[name] = pixels[1]
        elif value:
            style = f"{style}; {name}:{value}" if style else f"{name}:{value}"
    if style:
        attributes["style"] = style


def _image(writer: Writer, token: Token, classes: str, *, with_id: bool) -> str:
    attributes = dict(token.attrs)
    source = writer.kinds.address(str(attributes.pop("src", "")))
    own = str(attributes.pop("class", ""))
    attributes.pop("alt", None)
    if not with_id:
        attributes.pop("id", None)
    _sizes(attributes)
    picture = known_picture(writer, source)
    if picture:
        attributes |= room_attributes(attributes, picture, first=not writer.images)
        own = f"{own} {HAS_DARK_COLORS}".strip() if picture.has_dark_colors else own
    alternative = _alternative(token)
    described = {} if alternative is None else {"alt": alternative}
    named = {"class": f"{classes} {own}".strip()}
    image = f"<img{attributes_html({'src': source, **described, **named, **attributes})}>"
    return with_dark_variant(writer, source, image)


def inline_image(writer: Writer, token: Token) -> str:
    """An image in the midst of text."""
    html = _image(writer, token, "figure", with_id=True)
    writer.images.append(Image(_alternative(token), f"<p>{html}</p>"))
    return html


def figure(writer: Writer, token: Token) -> str:
    """An image that stands alone, with its caption if it has one. Its id is the figure's."""
    image = _image(writer, token, "figure mx-auto d-block", with_id=False)
    identifier = attributes_html({"id": token.attrs["id"]}) if "id" in token.attrs else ""
    caption = writer.inline(token.children or ())
    below = f"\n<figcaption>{caption}</figcaption>" if caption else ""
    html = f"<figure{identifier}>\n{image}{below}\n</figure>"
    writer.images.append(Image(_alternative(token), html))
    return html
