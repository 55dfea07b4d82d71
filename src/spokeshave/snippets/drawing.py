"""The figures that lesson code shows or leaves open."""

from __future__ import annotations

import sys
from importlib import import_module

BACKEND = "notebook_figures"
"""The module in `isolated/` that matplotlib draws with."""


def take_figures() -> list[bytes]:
    """Every figure that was shown with `plt.show()` or is open, as PNG, as a notebook shows it.

    Matplotlib is not imported here: if the code did not load matplotlib, there is no figure.
    """
    if "matplotlib.pyplot" not in sys.modules:
        return []
    backend = import_module(BACKEND)
    backend.show()
    images: list[bytes] = backend.shown.copy()
    backend.shown.clear()
    return images
