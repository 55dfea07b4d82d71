"""Images: what they show said in words (V7), whether they are used, how large they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from spokeshave.checks.finding import Finding, finding
from spokeshave.checks.gathered import GatheredLesson
from spokeshave.checks.page import CheckedPage
from spokeshave.checks.site_map import resolve
from spokeshave.lesson import Asset

_LARGEST = 500_000
_ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".tif", ".tiff"})

_NAME = re.compile(r"""[^\s/"'`()<>\[\]{}=,]+\.\w+""")
"""What may be the name of a file."""


def check_alternatives(page: CheckedPage) -> Iterator[Finding]:
    """Images without `alt`. A caption is no alternative: it says what to think of the image, not what it shows."""
    for address in page.addresses:
        if address.is_image and address.alt is None:
            message = f"the image {address.target[:80]} has no alternative text"
            fix = "Say what it shows: ![caption](fig/x.png){alt='…'}; if it only decorates: {alt=''}"
            yield page.found("missing-alt", address.line, message, fix, address.column)


def check_image_files(gathered: GatheredLesson) -> Iterator[Finding]:
    """Files of images that no page shows or names, and large ones."""
    images = [asset for asset in gathered.lesson.assets if asset.source.suffix.lower() in _ENDINGS]
    shown = {
        resolve(address.target).path
        for page in gathered.pages
        for address in page.addresses
        if not address.scheme
    }
    unseen = [asset for asset in images if asset.target not in shown]
    text = "\n".join(page.page.text for page in gathered.pages) if unseen else ""
    named = set(_NAME.findall(text))
    for asset in unseen:
        name = asset.source.name
        if name not in named and not (" " in name and name in text):
            message = "no page shows this image"
            yield _found(gathered, asset, "unused-image", message, "Show it, or remove the file")
    for asset in images:
        size = _size(asset.source)
        if size > _LARGEST:
            message = f"this image has {size / 1000:,.0f} kB; on a slow line learners wait for it".replace(
                ",", " "
            )
            fix = "Save it with fewer pixels, or as SVG, WebP or a PNG with fewer colors: at most 500 kB"
            yield _found(gathered, asset, "large-image", message, fix)


def _found(gathered: GatheredLesson, asset: Asset, rule: str, message: str, fix: str) -> Finding:
    path = asset.source.relative_to(gathered.lesson.root).as_posix()
    return finding(path, 0, 1, rule, message, fix)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
