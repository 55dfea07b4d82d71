"""What the lesson knows of an image's file, on its way into the page: room for it, and its variant for dark themes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

from spokeshave.blocks.html import ROOT, attributes_html, escape
from spokeshave.blocks.writer import Writer
from spokeshave.lesson import Picture

DARK_MEDIA = "screen and (prefers-color-scheme: dark)"
"""When the variant is shown; the script changes it when the reader chooses a theme (`scripts/figures.js`)."""
HAS_DARK_COLORS = "has-dark-colors"
"""The class of an SVG that follows the theme itself, and so needs no light sheet behind it."""
_NUMBER = re.compile(r"\s*(\d+)(?:\.\d+)?\s*(?:px)?\s*$")


def known_picture(writer: Writer, address: str) -> Picture | None:
    """What is known of the file at an address that `site_address` made."""
    if not writer.pictures or not address.startswith(ROOT):
        return None
    path = re.split(r"[?#]", address.removeprefix(ROOT), maxsplit=1)[0]
    return writer.pictures.get(unquote(path))


def room_attributes(given: Mapping[str, object], picture: Picture, *, first: bool) -> dict[str, str]:
    """Attributes to add to those of an `<img>`: so it takes its room before it is there, and comes when it is needed.

    What the author gave stays as it is. The stylesheet's `height: auto` keeps the shape when the width is another.
    """
    added = _size(given, picture)
    if not first and "loading" not in given:
        added["loading"] = "lazy"
    if "decoding" not in given:
        added["decoding"] = "async"
    return added


def _size(given: Mapping[str, object], picture: Picture) -> dict[str, str]:
    if "height" in str(given.get("style", "")) or ("width" in given and "height" in given):
        return {}
    if "width" in given:
        width = _NUMBER.match(str(given["width"]))
        return {"height": _scaled(width[1], picture.height / picture.width)} if width else {}
    if "height" in given:
        height = _NUMBER.match(str(given["height"]))
        return {"width": _scaled(height[1], picture.width / picture.height)} if height else {}
    return {"width": str(picture.width), "height": str(picture.height)}


def _scaled(length: str, factor: float) -> str:
    return str(max(1, round(int(length) * factor)))


def with_dark_variant(writer: Writer, address: str, image: str) -> str:
    """`image`, the HTML of the `<img>` at `address`, with its file for the dark theme if it has one."""
    picture = known_picture(writer, address)
    if not picture or not picture.dark:
        return image
    dark = escape(ROOT + quote(picture.dark))
    media = attributes_html({"media": DARK_MEDIA})
    return f'<picture><source srcset="{dark}"{media}>{image}</picture>'
