"""Matplotlib's backend for lesson code: `plt.show()` shows every open figure and closes it.

So it is in a notebook, and in a window that a reader closes. With the backend "Agg" it would do
nothing, and a second plot would be drawn over the first one.
Source: "Writing a backend" of the matplotlib documentation.
"""

from __future__ import annotations

import io

from matplotlib import pyplot
from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas

__all__ = ["FigureCanvas", "show", "shown"]

shown: list[bytes] = []
"""The figures that were shown since somebody emptied this list, as PNG."""


def show(*, block: bool | None = None) -> None:
    """Keep every open figure as an image, cut to its content as a notebook does, and close it."""
    for number in pyplot.get_fignums():
        target = io.BytesIO()
        pyplot.figure(number).savefig(target, format="png", bbox_inches="tight")
        shown.append(target.getvalue())
    pyplot.close("all")
