"""The room that images get before they are there, and their files for the dark theme."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from spokeshave.blocks import KINDS
from spokeshave.blocks.html import in_view
from spokeshave.blocks.page import render_body
from spokeshave.lesson import Asset, Picture
from spokeshave.markdown import parse
from spokeshave.reading.picture_sizes import picture_size
from spokeshave.reading.pictures import read_pictures
from spokeshave.theme import words

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}><rect width="9" height="9"/></svg>'
_SIZES = {
    'width="30" height="20"': (30, 20),
    'width="1in" height="72pt"': (96, 96),
    'viewBox="0 0 300 150" width="40px"': (40, 20),
    'viewBox="0, 0, 300, 150" height="100"': (200, 100),
    'viewBox="0 0 300 150"': (4000, 2000),
    'viewBox="0 0 300 150" width="100%" height="100%"': (4000, 2000),
    'width="2em" height="3em"': None,
    'viewBox="0 0 0 9"': None,
    'viewBox="0 0 nan inf"': None,
    'viewBox="0 0 1e-300 1e300"': None,
    'width="1e999" height="1"': None,
    "": None,
}
_BOMB = (
    '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20" id="&b;"/>'
)
_PICTURES = {
    "fig/a.png": Picture(800, 400),
    "fig/b c.svg": Picture(300, 600, dark="fig/b c-dark.png"),
    "fig/d.svg": Picture(30, 60, has_dark_colors=True),
}
_ADDED = {
    "![](fig/a.png)": 'width="800" height="400" decoding="async"',
    "![](fig/a.png){width=50%}": 'style="width:50%" width="800" height="400" decoding="async"',
    "![](fig/a.png){width=200}": 'width="200" height="100" decoding="async"',
    "![](fig/a.png){height=100px}": 'height="100" width="200" decoding="async"',
    "![](fig/a.png){height=5em}": 'style="height:5em" decoding="async"',
    "![](fig/a.png){width=1}": 'width="1" height="1" decoding="async"',
    "![](fig/a.png){decoding=sync}": 'decoding="sync" width="800" height="400"',
    "![](fig/a.png){width=1 height=9}": 'width="1" height="9" decoding="async"',
    "![](../episodes/fig/a.png?x)": 'width="800" height="400" decoding="async"',
    "![](fig/unknown.png)": "",
    "![](https://example.org/fig/a.png)": "",
}


@pytest.mark.parametrize(("attributes", "size"), _SIZES.items())
def test_svg_size(attributes: str, size: tuple[int, int] | None, tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_text(_SVG.format(attributes), encoding="utf-8")
    found = picture_size(path)
    assert (found and (found.width, found.height)) == size


@pytest.mark.parametrize("ending", ["png", "jpg", "gif", "webp"])
def test_raster_size(ending: str, tmp_path: Path) -> None:
    """As it is shown: a photograph that lies on its side has its width and height exchanged."""
    path = tmp_path / f"a.{ending}"
    exif = Image.Exif()
    exif[0x0112] = 6
    if ending == "jpg":
        Image.new("RGB", (30, 20)).save(path, exif=exif)
    else:
        Image.new("RGB", (30, 20)).save(path)
    found = picture_size(path)
    assert found
    assert (found.width, found.height) == ((20, 30) if ending == "jpg" else (30, 20))


def test_bad_files_have_no_size(tmp_path: Path) -> None:
    """Broken, missing, full of entities, far too large, a folder: none of them stops a build."""
    png = tmp_path / "huge.png"
    Image.new("1", (30, 20)).save(png)
    content = png.read_bytes()
    png.write_bytes(content[:16] + b"\x7f\xff\xff\xff" * 2 + content[24:])
    for name, text in (
        ("bomb.svg", _BOMB),
        ("no.svg", "<svg"),
        ("html.svg", "<p width='1' height='1'/>"),
        ("no.png", "x"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "folder.svg").mkdir()
    for path in (*tmp_path.iterdir(), tmp_path / "missing.gif"):
        assert picture_size(path) is None, path


def test_changed_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    for width in (30, 4000):
        path.write_text(_SVG.format(f'width="{width}" height="20"'), encoding="utf-8")
        found = picture_size(path)
        assert found
        assert found.width == width


def test_dark_variants_have_the_same_shape(tmp_path: Path) -> None:
    assets = []
    for name, size in {
        "a.png": (40, 20),
        "a-dark.webp": (80, 40),
        "b.png": (40, 20),
        "b-dark.png": (40, 30),
        "c.gif": (9, 9),
    }.items():
        Image.new("RGB", size).save(tmp_path / name)
        assets.append(Asset(tmp_path / name, f"fig/{name}"))
    pictures = read_pictures(assets)
    assert {path: picture.dark for path, picture in pictures.items() if picture.dark} == {
        "fig/a.png": "fig/a-dark.webp"
    }
    assert len(pictures) == 5


def _rendered(text: str, *, instructor: bool = False) -> str:
    body = render_body(parse(text), kinds=KINDS, words=words("en"), pictures=_PICTURES)
    return in_view(body.html, instructor=instructor)


@pytest.mark.parametrize(("image", "added"), _ADDED.items())
def test_image_gets_room(image: str, added: str) -> None:
    """What its author gave stays; where the file is not known, nothing is added."""
    assert f'class="figure mx-auto d-block"{added and " " + added}>' in _rendered(image)


def test_raw_image_gets_room() -> None:
    html = _rendered(
        'Some <img src="fig/a.png" width="400"> and <img src="fig/a.png" srcset="fig/a.png 2x">.'
    )
    assert '<img class="figure" height="200" decoding="async" src="fig/a.png" width="400">' in html
    assert html.count("decoding") == 1


def test_author_may_say_when_an_image_is_loaded() -> None:
    html = _rendered("![](fig/a.png)\n\n<img src='fig/a.png' loading='eager'>\n")
    assert html.count("loading=") == 1


def test_all_but_the_first_image_are_lazy() -> None:
    html = _rendered("![](fig/a.png)\n\n![](fig/a.png)\n\n![](fig/unknown.png)\n\n<img src='fig/a.png'>\n")
    assert html.count('loading="lazy"') == 2


@pytest.mark.parametrize("source", ["![](fig/b%20c.svg)", "<img src='fig/b%20c.svg'>"])
def test_dark_variant(source: str) -> None:
    html = _rendered(source, instructor=True)
    assert (
        '<picture><source srcset="../fig/b%20c-dark.png" media="screen and (prefers-color-scheme: dark)"><img'
        in html
    )


def test_drawing_with_dark_colors_is_marked() -> None:
    for source in ("![](fig/d.svg)", "<img src='fig/d.svg'>"):
        assert "has-dark-colors" in _rendered(source)
    assert "has-dark-colors" not in _rendered("![](fig/a.png)")
