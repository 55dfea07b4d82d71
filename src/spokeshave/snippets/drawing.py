"""The figures that lesson code leaves open."""

from __future__ import annotations

import io
import sys


def take_figures() -> list[bytes]:
    """Every open figure of matplotlib as PNG, as a notebook shows it; then they are closed.

    Matplotlib is not imported here: if the code did not, there is no figure.
    """
    plots = sys.modules.get("matplotlib.pyplot")
    if plots is None:
        return []
    images: list[bytes] = []
    for number in plots.get_fignums():
        target = io.BytesIO()
        plots.figure(number).savefig(target, format="png", bbox_inches="tight")
        images.append(target.getvalue())
    plots.close("all")
    return images
