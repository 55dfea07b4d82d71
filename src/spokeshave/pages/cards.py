"""The picture that a shared link shows: the page's title above the lesson's.

Source: the Open Graph protocol, https://ogp.me/; 1200 × 630 pixels is the size that its readers show uncut.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont

from spokeshave.lesson import Lesson
from spokeshave.pages.context import Card
from spokeshave.pages.titles import title_text

WIDTH, HEIGHT = 1200, 630
_MARGIN = 80
_BAR = 24
_SIZES = (84, 72, 60, 48)
"""Sizes of the title, in pixels: the largest that fits is taken."""
_LESSON_SIZE = 36
_LESSON_LINES = 12
"""More lines of the lesson's title than that are not on the picture."""
_GROUND, _INK, _MARK = (23, 50, 77), (243, 247, 250), (242, 184, 75)
_MARK_INDEX = 255
_STYLE = "1"
"""Part of a picture's name: raise it when pictures of the same words look different."""


def cards(lesson: Lesson) -> dict[str, Card]:
    """The picture of each page that has one of its own, by slug, and under `""` that of all others.

    None at all where the site's address is not known: the protocol wants whole addresses.
    """
    settings = lesson.settings
    if not settings.url:
        return {}
    titles = {"": settings.title} | {page.slug: title_text(page) for page in lesson.episodes}
    return {slug: _card(slug, title, settings.title) for slug, title in titles.items()}


def draw(card: Card) -> bytes:
    """The picture as PNG."""
    mask = Image.new("L", (WIDTH, HEIGHT), 0)
    pen = ImageDraw.Draw(mask)
    font, text = _fitted(pen, card.title)
    _write(pen, (_MARGIN, _MARGIN), text, font)
    if card.lesson != card.title:
        small = _font(_LESSON_SIZE)
        lines = _wrapped(pen, card.lesson, small, _LESSON_LINES)
        top = HEIGHT - _BAR - _MARGIN // 2 - len(lines) * _LESSON_SIZE * 5 // 4
        _write(pen, (_MARGIN, top), "\n".join(lines), small)
    pen.rectangle((0, HEIGHT - _BAR, WIDTH, HEIGHT), fill=_MARK_INDEX)
    # Shades between ground and ink are the palette: a third of the bytes of a picture in full color.
    picture = Image.frombytes("P", mask.size, mask.tobytes())
    picture.putpalette([*_shades(), *_MARK])
    stream = io.BytesIO()
    picture.save(stream, "PNG", compress_level=3)
    return stream.getvalue()


def _card(slug: str, title: str, lesson: str) -> Card:
    digest = sha256("\0".join((_STYLE, title, lesson)).encode()).hexdigest()[:10]
    alt = title if title == lesson else f"{title} – {lesson}"
    return Card(f"assets/cards/{slug or 'lesson'}.{digest}.png", title, lesson, alt)


def _shades() -> Iterator[int]:
    for step in range(_MARK_INDEX):
        for ground, ink in zip(_GROUND, _INK, strict=True):
            yield ground + (ink - ground) * step // (_MARK_INDEX - 1)


def _fitted(pen: ImageDraw.ImageDraw, title: str) -> tuple[ImageFont.FreeTypeFont, str]:
    """The largest size in which the title leaves room for the lesson's; at the smallest it is cut."""
    room = HEIGHT - _BAR - 3 * _MARGIN
    for size in _SIZES:
        font = _font(size)
        most = room // (size * 5 // 4)
        lines = _wrapped(pen, title, font, most)
        if len(lines) <= most:
            break
    return font, "\n".join(lines[:most])


def _wrapped(pen: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, most: int) -> list[str]:
    """The lines of `text`. If it has more than `most`, the first ones, and one line more than that."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and pen.textlength(longer, font) > WIDTH - 2 * _MARGIN:
            lines.append(word)
        else:
            lines[-1] = longer
        if len(lines) > most:
            break
    return lines


def _write(pen: ImageDraw.ImageDraw, place: tuple[int, int], text: str, font: ImageFont.FreeTypeFont) -> None:
    """Write `text`; a script that the font does not have is left out, not shown as boxes."""
    if all(_has(letter) for letter in text if not letter.isspace()):
        pen.multiline_text(place, text, fill=_MARK_INDEX - 1, font=font, spacing=int(font.size) // 4)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    content = (files("spokeshave.theme") / "fonts" / "title.ttf").read_bytes()
    return ImageFont.truetype(io.BytesIO(content), size)


@cache
def _has(letter: str) -> bool:
    """Whether the font knows `letter`: what it does not know, it draws as it draws a noncharacter."""
    font = _font(_LESSON_SIZE)
    return bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))
