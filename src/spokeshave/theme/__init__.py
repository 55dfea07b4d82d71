"""The look of a lesson: templates, styles, scripts, icons, and words in seven languages.

Everything here is package data; these four functions, and those of `bundle.py`, are how the rest of spokeshave
reaches it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

import jinja2
import yaml
from markupsafe import Markup

LANGUAGES = ("de", "en", "es", "fr", "it", "ja", "uk")
"""The languages that the user interface speaks."""

_theme = files(__name__)


@cache
def icon(name: str, css_class: str = "icon") -> Markup:
    """The Feather icon `name` as inline SVG, hidden from screen readers: words always stand beside it.

    `data-feather` keeps the hook by which lesson authors and tests know an icon of the Workbench.
    """
    drawing = (_theme / "icons" / f"{name}.svg").read_text(encoding="utf-8").strip()
    strokes = drawing.partition(">")[2].removesuffix("</svg>")
    return Markup(
        f'<svg class="{css_class}" data-feather="{name}" aria-hidden="true" viewBox="0 0 24 24" fill="none" '
        f'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{strokes}</svg>'
    )


@cache
def words(language: str) -> Mapping[str, str]:
    """The words of the user interface in `language` (`de`, `pt-BR`), English where it is not known."""
    english = _read_words("en")
    known = language.replace("_", "-").split("-")[0].lower()
    return MappingProxyType(english | _read_words(known) if known in LANGUAGES else english)


def _read_words(language: str) -> dict[str, str]:
    text = (_theme / "languages" / f"{language}.yaml").read_text(encoding="utf-8")
    found: dict[str, str] = yaml.safe_load(text)
    return found


@cache
def templates() -> jinja2.Environment:
    """Jinja with the theme's templates. A name that a template misspells is an error, not an empty string."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__name__, "templates"),
        autoescape=jinja2.select_autoescape(["html"]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["icon"] = icon
    return environment


def static_files() -> dict[str, bytes]:
    """The pictures that are copied into the site's `assets/`, by path inside that folder."""
    return dict(sorted(_walk(_theme / "static", "")))


def _walk(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for item in folder.iterdir():
        path = prefix + item.name
        found += _walk(item, path + "/") if item.is_dir() else [(path, item.read_bytes())]
    return found
