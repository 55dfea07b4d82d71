"""Whether two images show the same, to the eye.

Both are made grey and small, so that letters and the edges of lines, which differ between machines
and versions of font libraries, grow faint. What is on one of them and not near the same place on the
other is looked at in small windows: one bar that is a tenth too high is seen, and so is a point that
has moved. Another title is not. `tests/spokeshave/snippets/test_figures.py` holds the measurements.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_GRID = 64
_WINDOW = 2
"""How many cells of the grid a window reaches from its middle."""
LIMIT = 0.025
"""How much of a window may differ. Other font settings stay below 0.02, other data go above 0.03."""
_SIZE = 0.02


def figure_difference(drawn: Sequence[bytes], file: Path) -> str:
    """What sets the last of the `drawn` PNG images apart from the one in `file`; empty: nothing."""
    if not drawn:
        return "the block drew no figure"
    if not file.is_file():
        return "the file does not exist"
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 only lessons with figures need Pillow

    try:
        old = Image.open(file)
    except UnidentifiedImageError:
        return "the file is not an image"
    with old, Image.open(io.BytesIO(drawn[-1])) as new:
        if any(abs(a - b) > _SIZE * a for a, b in zip(old.size, new.size, strict=True)):
            sizes = [f"{width} × {height}" for width, height in (old.size, new.size)]
            return f"the file has {sizes[0]} pixels, what was drawn has {sizes[1]}"
        different = visible_difference(old, new)
    return "what was drawn looks different from the file" if different > LIMIT else ""


def visible_difference(old: Image, new: Image) -> float:
    """How much the windows differ where they differ most, from 0 to 1."""
    from PIL import ImageChops, ImageFilter  # noqa: PLC0415

    inks = _ink(old), _ink(new)
    # A shift by one cell is none: figures are cut to their content, which moves with the letters.
    near = [ink.filter(ImageFilter.MaxFilter(3)) for ink in inks]
    gone, come = ImageChops.subtract(inks[0], near[1]), ImageChops.subtract(inks[1], near[0])
    windows = ImageChops.add(gone, come).filter(ImageFilter.BoxBlur(_WINDOW))
    return max(windows.tobytes()) / 255


def _ink(image: Image) -> Image:
    """The image in grey, small: 0 where it is like the paper, the more the less it is.

    The paper is what most of the border is.
    """
    from PIL import Image as Images  # noqa: PLC0415

    flat = Images.new("RGBA", image.size, "white")
    flat.alpha_composite(image.convert("RGBA"))
    small = flat.convert("L").resize((_GRID, _GRID), Images.Resampling.BOX)
    grey = small.tobytes()
    border = sorted(grey[:_GRID] + grey[-_GRID:])
    paper = border[len(border) // 2]
    return Images.frombytes("L", small.size, bytes(abs(value - paper) for value in grey))
