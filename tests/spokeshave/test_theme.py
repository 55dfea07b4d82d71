"""The look: language files that agree with each other, small files, icons that there are, no foreign address."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from spokeshave.blocks.boxes import ICONS
from spokeshave.blocks.folds import FOLDS
from spokeshave.theme import LANGUAGES, icon, static_files, words
from spokeshave.theme.bundle import (
    SCRIPTS,
    SEARCH_SCRIPTS,
    STYLES,
    TEACHING_SCRIPTS,
    TEACHING_STYLES,
    head_script,
    script,
    search_script,
    search_stylesheet,
    stylesheet,
)

_THEME = Path(str(files("spokeshave.theme")))
_SOURCES = _THEME.parent
_PLACEHOLDER = re.compile(r"\{\w*\}")
_ICON_CALL = re.compile(r"""\bicon\(\s*["']([\w-]+)["']""")
_FEATHER_WORDS = re.compile(r'"(alert-\w+|sun|moon|monitor)"')


def _language(code: str) -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load((_THEME / f"languages/{code}.yaml").read_text(encoding="utf-8"))
    return found


def test_languages_are_those_that_there_are() -> None:
    assert sorted(path.stem for path in (_THEME / "languages").glob("*.yaml")) == sorted(LANGUAGES)
    assert len(LANGUAGES) == 7


@pytest.mark.parametrize("code", LANGUAGES)
def test_language_has_all_words(code: str) -> None:
    """The same keys in the same order as English, each with the same placeholders, none empty."""
    english, other = _language("en"), _language(code)
    assert list(other) == list(english)
    for key, text in other.items():
        assert isinstance(text, str), key
        assert text.strip(), key
        assert sorted(_PLACEHOLDER.findall(text)) == sorted(_PLACEHOLDER.findall(english[key])), key


def test_unknown_language_is_english() -> None:
    assert words("tlh") == words("en")
    assert words("es-MX") == words("es")


def test_every_word_that_is_asked_for_is_there() -> None:
    asked = set()
    for path in _SOURCES.rglob("*.py"):
        asked |= set(re.findall(r"""\bwords\[["'](\w+)["']\]""", path.read_text(encoding="utf-8")))
    for path in _SOURCES.rglob("*.html"):
        asked |= set(re.findall(r"\bwords\.(\w+)", path.read_text(encoding="utf-8"))) - {"format"}
    assert len(asked) > 50
    assert asked - set(words("en")) == set()


def test_every_style_and_script_is_in_its_bundle() -> None:
    for folder, names in (("styles", STYLES), ("scripts", ("theme", *SCRIPTS))):
        assert sorted(names) == sorted(path.stem for path in (_THEME / folder).iterdir())
    assert {*(f"{name}.js" for name in SEARCH_SCRIPTS), "window.css"} == {
        path.name for path in (_THEME / "search").iterdir()
    }
    teaching = {*(f"{name}.js" for name in TEACHING_SCRIPTS), *(f"{name}.css" for name in TEACHING_STYLES)}
    assert teaching | {"timetable.css"} == {path.name for path in (_THEME / "teaching").iterdir()}


def test_search_window_has_its_words() -> None:
    """It is given those that it asks for, and no others but the two that are named otherwise."""
    source = "".join((_THEME / f"search/{name}.js").read_text(encoding="utf-8") for name in SEARCH_SCRIPTS)
    asked = set(re.findall(r"\bwords\.(\w+)", source))
    assert asked == {"search", "all_in_one"} | {key for key in words("en") if key.startswith("search_")} - {
        "search_all_in_one"
    }
    assert "Diese Lektion durchsuchen" in search_script(words("de"))


def test_bundles_are_minified() -> None:
    """No comment, no indentation; nothing but that is taken out: the browser tests see the rest."""
    for text in (stylesheet(), script(), head_script(), search_stylesheet(), search_script(words("en"))):
        assert "/*" not in text
        assert "\n  " not in text
    assert len(script()) > 3000
    assert len(stylesheet()) > 15_000


def test_every_icon_that_is_named_exists() -> None:
    """In code, in templates and in the tables of boxes and folds."""
    named = {*ICONS.values(), *(kind.icon for kind in FOLDS.values() if kind.icon)}
    for path in _SOURCES.rglob("*"):
        if path.suffix in (".py", ".html"):
            text = path.read_text(encoding="utf-8")
            named |= set(_ICON_CALL.findall(text)) | set(_FEATHER_WORDS.findall(text))
    assert len(named) > 20
    there = {path.stem for path in (_THEME / "icons").glob("*.svg")}
    assert named - there == set()
    for name in named:
        assert icon(name).startswith("<svg ")


def test_theme_loads_nothing_from_elsewhere() -> None:
    """No web address in stylesheet or script; in pictures only the namespaces of SVG."""
    texts = {"stylesheet": stylesheet() + search_stylesheet(), "script": script() + head_script()}
    texts["script of search"] = search_script(words("en"))
    texts |= {path: content.decode() for path, content in static_files().items() if path.endswith(".svg")}
    assert len(texts) > 3
    for path, text in texts.items():
        assert not re.search(r"https?:|//[a-z]+\.[a-z]", text.replace("http://www.w3.org/", "")), path
