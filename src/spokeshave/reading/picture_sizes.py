"""How large an image file is shown: read from its first bytes, never by drawing it.

A file that is broken, missing or made to do harm has no known size, and that is all: the page then shows it as
browsers do without one.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

SUFFIXES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"})
"""Endings of the files that are read."""

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
"""Pillow's names of what it may read: of more than that, more could be broken."""

_ORIENTATION = 0x0112
_LYING = range(5, 9)
"""Values of the Exif tag above with which browsers show width and height exchanged."""
_START = 65_536
"""Bytes of an SVG file that are read: its first element is there, or the file is none of ours to understand."""
_PIXELS = {"": 1, "px": 1, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6, "pt": 4 / 3, "pc": 16}
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)\s*([a-z]*)\s*$", re.IGNORECASE)
_WIDE = 2000
"""Browsers make an SVG that names a shape but no size as wide as the column: so it is given more than that."""
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Size:
    """In CSS pixels. `has_dark_colors`: the file is an SVG that asks for the theme of the page around it."""

    width: int
    height: int
    has_dark_colors: bool = False


def picture_size(path: Path) -> Size | None:
    """The size of an image file, or `None` where it cannot be told. A file that did not change is not read again."""
    try:
        state = path.stat()
    except OSError:
        return None
    return _size(path, state.st_mtime_ns, state.st_size, state.st_ino)


@lru_cache(maxsize=4096)
def _size(path: Path, changed: int, length: int, number: int) -> Size | None:
    try:
        size = _svg(path) if path.suffix.lower() == ".svg" else _raster(path)
    except Exception:  # of many kinds, for there are many ways to break a file
        return None
    return size if size and 0 < size.width <= _LARGEST and 0 < size.height <= _LARGEST else None


def _raster(path: Path) -> Size:
    from PIL import Image  # noqa: PLC0415 - it takes a while, and many lessons have none of these files

    with warnings.catch_warnings():
        # It warns of images of a hundred million pixels: none is drawn here.
        warnings.simplefilter("ignore")
        with Image.open(path, formats=_FORMATS) as image:
            width, height = image.size
            lying = image.format == "JPEG" and image.getexif().get(_ORIENTATION) in _LYING
    return Size(height, width) if lying else Size(width, height)


class _RootFoundError(Exception):
    """The first element of an SVG has been read; its attributes are `args[0]`."""


def _svg(path: Path) -> Size | None:
    with path.open("rb") as file:
        start = file.read(_START)
    attributes = _root_attributes(start)
    shape = _shape(attributes.get("viewBox", ""))
    width, height = _pixels(attributes.get("width")), _pixels(attributes.get("height"))
    if shape and not (width and height):
        width = width or (height / shape if height else max(_WIDE, _WIDE / shape))
        height = height or width * shape
    return Size(round(width), round(height), b"prefers-color-scheme" in start) if width and height else None


def _root_attributes(start: bytes) -> dict[str, str]:
    """The attributes of the first element. Nothing after it is parsed; a file that defines entities is refused."""

    def found(name: str, attributes: dict[str, str]) -> NoReturn:
        raise _RootFoundError(attributes if name.rpartition(" ")[2] == "svg" else {})

    def refused(*definition: object) -> NoReturn:
        raise ValueError("entities can be made to fill any memory")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = found
    parser.EntityDeclHandler = refused
    try:
        parser.Parse(start, False)
    except _RootFoundError as root:
        attributes: dict[str, str] = root.args[0]
        return attributes
    return {}


def _shape(box: str) -> float:
    """Height by width of a `viewBox`; 0 where it has none."""
    numbers = [float(number) for number in box.replace(",", " ").split()]
    return numbers[3] / numbers[2] if len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0 else 0.0


def _pixels(length: str | None) -> float:
    """A length in CSS pixels; 0 where it depends on what is around the image (`100%`, `2em`)."""
    match = _LENGTH.match(length or "")
    return float(match[1]) * _PIXELS.get(match[2].lower(), 0.0) if match else 0.0
