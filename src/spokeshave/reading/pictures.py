"""The lesson's image files: their sizes, and which of them are for the dark theme.

`fig/map-dark.svg` beside `fig/map.png` or `fig/map.svg` takes its place in the dark theme, if it has the same shape:
then nothing moves when the theme changes, and files that are merely named alike are not taken for each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from spokeshave.lesson import Asset, Picture
from spokeshave.reading.picture_sizes import SUFFIXES, picture_size

_DARK = "-dark"
_TOLERANCE = 0.02


def read_pictures(assets: Iterable[Asset]) -> dict[str, Picture]:
    """The images among `assets` whose size can be told, by their path inside the site."""
    found: dict[str, Picture] = {}
    for asset in assets:
        if PurePosixPath(asset.target).suffix.lower() in SUFFIXES:
            size = picture_size(asset.source)
            if size:
                found[asset.target] = Picture(size.width, size.height, has_dark_colors=size.has_dark_colors)
    return {path: replace(picture, dark=_dark_variant(path, found)) for path, picture in found.items()}


def _dark_variant(path: str, pictures: Mapping[str, Picture]) -> str:
    """The file for the dark theme, of the same kind if there are several; empty where there is none."""
    place = PurePosixPath(path)
    for suffix in (place.suffix, *sorted(SUFFIXES)):
        variant = str(place.with_name(f"{place.stem}{_DARK}{suffix}"))
        if variant in pictures and _same_shape(pictures[path], pictures[variant]):
            return variant
    return ""


def _same_shape(one: Picture, other: Picture) -> bool:
    ratio = one.width * other.height / (one.height * other.width)
    return abs(ratio - 1) <= _TOLERANCE
