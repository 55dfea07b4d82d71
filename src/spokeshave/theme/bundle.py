"""One stylesheet and one script out of many small files, each without what only people need to read.

A page loads two files, then: the stylesheet, which must be there before it is painted, and the script, which may
come later (`defer`). What must run before the first paint is short and stands in the page itself (`head_script`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import rcssmin
import rjsmin

STYLES = (
    "colours",  # first: it names the colours and sizes of all others
    "base",
    "frame",
    "header",
    "sidebar",
    "text",
    "code",
    "long_output",
    "tables_and_figures",
    "figure_dialog",
    "boxes",
    "folds",
    "overview",
    "tabs",
    "memory",
    "glossary",
    "pages",
    "search",
    "footer",
    "print",  # last: it takes back what the others do
)
"""The files of `styles/` that make the stylesheet, in their order."""

SCRIPTS = (
    "shared",  # first: what the others use
    "figures",
    "themes",
    "tabs",
    "folds",
    "memory",
    "tables",
    "copy",
    "menus",
    "glossary",
    "printing",
    "search",
    "unroll",
    "views",
    "start",  # last: it starts the others
)
"""The files of `scripts/` that make the script, in their order. They stand in one function."""

SEARCH_SCRIPTS = (
    "query",
    "results",
    "window",
    "start",  # last: it needs the others
)
"""The files of `search/` that make the script of the search window, in their order."""

_theme = files("spokeshave.theme")


@cache
def stylesheet(title: str = "") -> str:
    """The stylesheet of all pages of a lesson with this title, which stands at the top of each printed page."""
    minified: str = rcssmin.cssmin("\n".join(_read(f"styles/{name}.css") for name in STYLES))
    return f"{minified}\n@page{{@top-left{{content:{_css_string(title)}}}}}\n"


def _css_string(text: str) -> str:
    """`text` as a string of CSS. Signs that mean something there are written as their numbers."""
    return '"' + "".join(sign if sign not in '"\\\n' else f"\\{ord(sign):x} " for sign in text) + '"'


@cache
def script() -> str:
    """The script of all pages. It is no module: browsers do not load modules from a folder on disk."""
    parts = "\n".join(_read(f"scripts/{name}.js") for name in SCRIPTS)
    return _minified(f'(() => {{\n"use strict";\n{parts}\n}})();') + "\n"


def search_script(words: Mapping[str, str]) -> str:
    """The script of the search window, which is loaded when it opens. It holds its own texts, from `words`."""
    names = [key for key in words if key.startswith("search") and key != "search_all_in_one"]
    texts = json.dumps({name: words[name] for name in (*names, "all_in_one")}, ensure_ascii=False)
    paths = ("scripts/shared.js", *(f"search/{name}.js" for name in SEARCH_SCRIPTS))
    parts = _minified("\n".join(map(_read, paths)))
    return f'(() => {{\n"use strict";\nconst words={texts};\n{parts}\n}})();\n'


@cache
def search_stylesheet() -> str:
    """The stylesheet of the search window."""
    minified: str = rcssmin.cssmin(_read("search/window.css"))
    return minified + "\n"


TEACHING_SCRIPTS = ("slides", "presenter")
"""The files of `teaching/` that make the script of instructors' episodes, in their order."""

TEACHING_STYLES = ("running_clock", "presenter")
"""The files of `teaching/` that make their stylesheet, in their order."""


@cache
def teaching_script() -> str:
    """The script of instructors' episodes."""
    paths = ("scripts/shared.js", *(f"teaching/{name}.js" for name in TEACHING_SCRIPTS))
    parts = "\n".join(map(_read, paths))
    return _minified(f'(() => {{\n"use strict";\n{parts}\n}})();') + "\n"


@cache
def teaching_stylesheet() -> str:
    """The stylesheet of instructors' episodes."""
    minified: str = rcssmin.cssmin("\n".join(_read(f"teaching/{name}.css") for name in TEACHING_STYLES))
    return minified + "\n"


@cache
def timetable_stylesheet() -> str:
    """The stylesheet of pages with a timetable."""
    minified: str = rcssmin.cssmin(_read("teaching/timetable.css"))
    return minified + "\n"


@cache
def head_script() -> str:
    """What runs before anything is painted: it sets the reader's theme."""
    return _minified(_read("scripts/theme.js"))


def _minified(source: str) -> str:
    minified: str = rjsmin.jsmin(source)
    return minified


def _read(path: str) -> str:
    return (_theme / path).read_text(encoding="utf-8")
