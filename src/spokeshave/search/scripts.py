"""Scripts that set no blanks between words: there, texts are cut into characters, and a query is a run of them.

The window does the same with what is typed: `asked` in theme/search/query.js, with the same characters.
"""

from __future__ import annotations

import re

_UNSPACED = r"\u0e00-\u0e7f\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
_UNIT = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+")
"""A character of such a script, or a word of another one."""


def searchable(language: str, name: str, text: str) -> str:
    """The text of a place as Pagefind is to cut it into words: at blanks. `name` is what the place is called.

    Names are searched by their words already, and here too where there are no words.
    """
    if language.lower().replace("_", "-").split("-")[0] in ("ja", "th", "zh"):
        return " ".join(_UNIT.findall(f"{name} {text}"))
    return text
