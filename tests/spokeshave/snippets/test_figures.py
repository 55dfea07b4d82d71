"""Figures: equal to the eye, not by bytes. Matplotlib's other font settings stand for other machines."""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from spokeshave.snippets.collect import collect_pages
from spokeshave.snippets.figures import figure_difference
from spokeshave.snippets.run import run_pages
from tests.spokeshave.snippets.pages import PAGE, lesson_of

plt.switch_backend("Agg")
_X = np.linspace(0, 10, 200)
_POINTS = np.random.default_rng(0).normal(size=(200, 2))
_MOVED = np.vstack([_POINTS[:-1], [[0, -2.5]]])


def _line(factor: float = 1.0, shift: float = 0.0) -> None:
    plt.plot(_X, np.sin(factor * _X) + shift)
    plt.xlabel("time")
    plt.title("A title")


def _scatter(points: np.ndarray[Any, Any] = _POINTS) -> None:
    plt.scatter(points[:, 0], points[:, 1])
    plt.ylabel("weight")


def _histogram(bins: int = 20) -> None:
    plt.hist(_POINTS[:, 0], bins=bins)


def _bars(middle: float = 2.0) -> None:
    plt.bar(["a", "b", "c"], [1, middle, 3])


def _image(seed: int = 0) -> None:
    plt.imshow(np.random.default_rng(seed).random((10, 10)))


def drawn(draw: Callable[..., None], *values: Any, settings: Any = None) -> bytes:
    with plt.rc_context(settings):
        draw(*values)
        target = io.BytesIO()
        plt.gcf().savefig(target, format="png", bbox_inches="tight")
        plt.close("all")
    return target.getvalue()


@pytest.mark.parametrize("draw", [_line, _scatter, _histogram, _bars, _image])
@pytest.mark.parametrize(
    "settings",
    [
        {"text.hinting": "none"},
        {"text.hinting": "force_autohint"},
        {"font.family": "DejaVu Serif"},
        {"font.size": 10.3},
    ],
    ids=str,
)
def test_same(draw: Callable[..., None], settings: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(drawn(draw))
    assert figure_difference([drawn(draw, settings=settings)], file) == ""


@pytest.mark.parametrize(
    ("draw", "value"),
    [(_line, 1.1), (_line, 2.0), (_scatter, _MOVED), (_histogram, 21), (_bars, 2.2), (_image, 1)],
)
def test_stale(draw: Callable[..., None], value: object, tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(drawn(draw))
    assert figure_difference([drawn(draw, value)], file) == "what was drawn looks different from the file"


def test_other_sizes(tmp_path: Path) -> None:
    """The first size is the file's."""
    file = tmp_path / "a.png"
    Image.new("L", (640, 480)).save(file)
    target = io.BytesIO()
    Image.new("L", (640, 500)).save(target, "png")
    reason = figure_difference([target.getvalue()], file)
    assert reason == "the file has 640 × 480 pixels, what was drawn has 640 × 500"


def test_paper_may_be_dark(tmp_path: Path) -> None:
    """What was drawn is what differs from the border, on any paper."""
    file = tmp_path / "a.png"
    with plt.style.context("dark_background"):
        file.write_bytes(drawn(_bars))
        other = drawn(_bars, 2.5)
        assert figure_difference([drawn(_bars)], file) == ""
    assert figure_difference([other], file)


def test_no_image(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_text("text")
    assert figure_difference([drawn(_bars)], file) == "the file is not an image"


def test_figures_of_a_page(tmp_path: Path) -> None:
    """A stale figure, the right one, one that is not there, and a block that draws none."""
    page = """```python
import matplotlib.pyplot as plt
```

<!-- figure: fig/bars.png -->
```python
plt.bar(["a", "b", "c"], [1, 2, 3])
plt.show()
```

<!-- figure: fig/bars.png -->
```python
plt.bar(["a", "b", "c"], [3, 2, 1]);
```

<!-- figure: fig/lines.png -->
```python
plt.plot([1, 2]);
```

<!-- figure: fig/bars.png -->
```python
plt.close("all")
```
"""
    lesson = lesson_of(tmp_path, {PAGE: page})
    (tmp_path / "episodes" / "fig").mkdir()
    (tmp_path / "episodes" / "fig" / "bars.png").write_bytes(drawn(_bars))
    (run,) = run_pages(lesson, collect_pages(lesson))
    assert [(outcome.snippet.line, outcome.reason) for outcome in run.outcomes] == [
        (1, ""),
        (6, ""),
        (12, "fig/bars.png: what was drawn looks different from the file"),
        (17, "fig/lines.png: the file does not exist"),
        (22, "fig/bars.png: the block drew no figure"),
    ]
    assert [len(outcome.figures) for outcome in run.outcomes] == [0, 1, 1, 1, 0]
    assert run.outcomes[1].warnings == "", "matplotlib need not warn that nothing can be shown"


def test_show_closes_figures(tmp_path: Path) -> None:
    """As in a notebook: what is drawn next is a figure of its own, and to close one again does nothing."""
    page = """```python
import matplotlib.pyplot as plt
plt.plot([1, 2])
plt.show()
plt.bar(["a", "b", "c"], [1, 2, 3])
plt.show()
plt.close()
len(plt.get_fignums())
```

```output
0
```
"""
    lesson = lesson_of(tmp_path, {PAGE: f"<!-- figure: fig/bars.png -->\n{page}"})
    (tmp_path / "episodes" / "fig").mkdir()
    (tmp_path / "episodes" / "fig" / "bars.png").write_bytes(drawn(_bars))
    (run,) = run_pages(lesson, collect_pages(lesson))
    (outcome,) = run.outcomes
    assert (outcome.reason, len(outcome.figures)) == ("", 2)


def test_figures_are_kept_as_a_notebook_shows_them_and_closed() -> None:
    """All that are open, in their order, cut to what is in them."""
    backend = importlib.import_module("spokeshave.snippets.isolated.notebook_figures")
    backend.shown.clear()
    plt.switch_backend("Agg")
    for height in (1, 3):
        plt.figure(figsize=(4, height)).text(0.5, 0.5, "x")
    with plt.rc_context({"savefig.format": "svg"}):
        backend.show(block=True)
    assert plt.get_fignums() == []
    backend.show()
    assert len(backend.shown) == 2
    sizes = [tuple(int.from_bytes(one[at : at + 4]) for at in (16, 20)) for one in backend.shown]
    assert all(one.startswith(b"\x89PNG") for one in backend.shown)
    assert sizes[0] == sizes[1]
    assert sizes[0][0] < 100
    backend.shown.clear()
