"""What a shared link shows, and what pages tell machines: Open Graph, pictures, JSON-LD by Bioschemas' profiles."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator
from PIL import Image

from spokeshave.pages.cards import HEIGHT, WIDTH, cards, draw
from spokeshave.pages.context import Card
from spokeshave.reader import read_lesson
from tests.spokeshave.sites import EVERY_LESSON, REPOSITORY, Site

_PROFILES = yaml.safe_load((Path(__file__).parent / "bioschemas.yaml").read_text(encoding="utf-8"))


def _validator(kind: str) -> Draft202012Validator:
    schema = {"$defs": _PROFILES["$defs"], **_PROFILES[kind]}
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _described(page: BeautifulSoup) -> list[dict[str, str]]:
    return [json.loads(str(script.string)) for script in page.select('script[type="application/ld+json"]')]


def _property(page: BeautifulSoup, name: str) -> str:
    found = page.select(f'meta[property="{name}"], meta[name="{name}"]')
    assert len(found) <= 1, name
    return str(found[0]["content"]) if found else ""


@pytest.mark.parametrize("name", EVERY_LESSON)
def test_json_ld_is_valid_by_its_profile(site: Callable[[str], Site], name: str) -> None:
    """Every page describes itself; the home pages describe the lesson too."""
    validators = {kind: _validator(kind) for kind in ("LearningResource", "Course")}
    built = site(name)
    for path in built.pages:
        described = _described(built.page(path))
        kinds = [item["@type"] for item in described]
        home = path in ("index.html", "instructor/index.html")
        assert kinds == ["LearningResource", *(["Course"] if home else [])], path
        for item in described:
            assert [error.message for error in validators[item["@type"]].iter_errors(item)] == [], path


def test_validator_sees_faults() -> None:
    """A description without a name, with a date that is none, with a property of no profile."""
    good = {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": "https://example.org/",
        "http://purl.org/dc/terms/conformsTo": {
            "@type": "CreativeWork",
            "@id": "https://bioschemas.org/profiles/Course/1.0-RELEASE",
        },
        "description": "d",
        "keywords": "k",
        "name": "n",
        "url": "https://example.org/",
    }
    validator = _validator("Course")
    assert validator.is_valid(good)
    assert not validator.is_valid({key: value for key, value in good.items() if key != "name"})
    assert not validator.is_valid(good | {"dateCreated": "2024-13-01"})
    assert not validator.is_valid(good | {"timeRequired": "90 minutes"})
    assert not validator.is_valid(good | {"minutes": 3})


@pytest.mark.parametrize("name", EVERY_LESSON)
def test_every_page_can_be_shared(site: Callable[[str], Site], name: str) -> None:
    """Title, description, canonical address and a picture that is in the site; both views have one address."""
    built = site(name)
    for path in built.pages:
        page = built.page(path)
        canonical = [str(link["href"]) for link in page.select('link[rel="canonical"]')]
        assert len(canonical) == 1, path
        assert canonical[0].endswith(path.removeprefix("instructor/")), path
        assert "/instructor/" not in canonical[0]
        assert _property(page, "og:url") == canonical[0]
        for key in ("og:title", "og:description", "og:site_name", "og:image:alt", "description"):
            assert _property(page, key).strip(), (path, key)
        picture = _property(page, "og:image")
        base = canonical[0].removesuffix(path.removeprefix("instructor/"))
        with Image.open(built.files[picture.removeprefix(base)]) as image:
            assert image.size == (WIDTH, HEIGHT), path


def test_episodes_have_pictures_of_their_own() -> None:
    found = cards(read_lesson(REPOSITORY).lesson)
    assert len({card.path for card in found.values()}) == len(found) > 5


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Why?", True),
        ("Größe, ñandú, łódź, ї", True),
        ("word " * 60, True),
        ("W" * 200, True),
        ("日本語の題", False),
        ("", False),
    ],
)
def test_any_title_makes_a_picture(title: str, shown: bool) -> None:
    """Long titles are set smaller and cut; a script that the font does not have is left out, not drawn as boxes."""
    picture = draw(Card("", title, "", ""))
    assert picture == draw(Card("", title, "", ""))
    with Image.open(io.BytesIO(picture)) as image:
        above_bar = image.convert("L").crop((0, 0, WIDTH, HEIGHT - 30))
        assert any(count for count in above_bar.histogram()[200:]) == shown
