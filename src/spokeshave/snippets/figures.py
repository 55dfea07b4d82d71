"""Whether two images show the same, to the eye."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_GRID = 64
"""Both images are made this small: letters and edges, which differ between machines, grow faint."""
LIMIT = 0.1
"""How much of the ink may differ. Another version of a font library changes a few hundredths."""
_SIZE = 0.02


def figure_difference(drawn: Sequence[bytes], file: Path) -> str:
    """What sets the last of the `drawn` PNG images apart from the one in `file`; empty: nothing."""
    if not drawn:
        return "the block drew no figure"
    if not file.is_file():
        return "the file does not exist"
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 only lessons with figures need Pillow

    new = Image.open(io.BytesIO(drawn[-1]))
    try:
        old = Image.open(file)
    except UnidentifiedImageError:
        return "the file is not an image"
    with old, new:
        if any(abs(a - b) > _SIZE * a for a, b in zip(old.size, new.size, strict=True)):
            sizes = [f"{width} × {height}" for width, height in (old.size, new.size)]
            return f"the file has {sizes[0]} pixels, what was drawn has {sizes[1]}"
        share = ink_difference(old, new)
    return f"what was drawn looks different ({share:.0%} of the ink)" if share > LIMIT else ""


def ink_difference(old: Image, new: Image) -> float:
    """How much of what is on two images is on one of them only, from 0 to 1."""
    pairs = list(zip(_ink(old), _ink(new), strict=True))
    total = sum(max(pair) for pair in pairs)
    return sum(abs(a - b) for a, b in pairs) / total if total else 0.0


def _ink(image: Image) -> bytes:
    """The image in grey, small: 0 where it is like the paper, 255 where it is most unlike.

    What is most of the border is taken for paper.
    """
    from PIL import Image as Images  # noqa: PLC0415

    flat = Images.new("RGBA", image.size, "white")
    flat.alpha_composite(image.convert("RGBA"))
    small = flat.convert("L").resize((_GRID, _GRID), Images.Resampling.BOX)
    grey = small.tobytes()
    border = sorted(grey[:_GRID] + grey[-_GRID:])
    paper = border[len(border) // 2]
    return bytes(abs(value - paper) for value in grey)
