"""The cell that fetches the lesson's data and files where a notebook travels without them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from spokeshave.lesson import Lesson

_FETCH = """\
# Fetches the lesson's data and files, unless they are here already.
def fetch_data():
    from pathlib import Path
    from urllib.parse import quote
    from urllib.request import urlretrieve

    for name in {names}:
        path = Path(name)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            urlretrieve("{site}" + quote(name), path)


fetch_data()"""


def data_cell(lesson: Lesson, code: Iterable[str]) -> str:
    """The code of the cell; empty where the page uses neither, or the site's address is not known.

    Which data the code needs is seen by their names in it; if it names none, all are fetched. Of `files`
    all are fetched, for one may import another, and all data with them, for they may read any.
    """
    whole = "\n".join(code)
    data, files = _assets(lesson, "data"), _assets(lesson, "files") if "files" in whole else []
    if not files:
        data = [name for name in data if name.rpartition("/")[2] in whole] or data
    wanted = [*(data if "data" in whole or files else []), *files]
    if not lesson.settings.url or not wanted:
        return ""
    return _FETCH.format(names=json.dumps(wanted, ensure_ascii=False), site=lesson.settings.url)


def _assets(lesson: Lesson, folder: str) -> list[str]:
    """What the folder holds, but for the notebooks themselves."""
    names = (asset.target for asset in lesson.assets)
    return [name for name in names if name.startswith(f"{folder}/") and not name.endswith(".ipynb")]
