"""The cell that fetches the lesson's data where a notebook travels without them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from spokeshave.lesson import Lesson

_FETCH = """\
# Fetches the lesson's data, unless they are here already.
def fetch_data():
    from pathlib import Path
    from urllib.request import urlretrieve

    for name in {names}:
        path = Path("data", name)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            urlretrieve("{site}data/" + name, path)


fetch_data()"""


def data_cell(lesson: Lesson, code: Iterable[str]) -> str:
    """The code of the cell; empty where the page uses no data, or the site's address is not known.

    Which files the code needs is seen by their names in it; if it names none, all are fetched.
    """
    whole = "\n".join(code)
    names = [
        asset.target.removeprefix("data/") for asset in lesson.assets if asset.target.startswith("data/")
    ]
    if not lesson.settings.url or "data" not in whole or not names:
        return ""
    wanted = [name for name in names if name.rpartition("/")[2] in whole] or names
    return _FETCH.format(names=json.dumps(wanted, ensure_ascii=False), site=lesson.settings.url)
