"""Writing one file so that whoever reads it meets the old content or the new one, never a part."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import mkstemp


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` into the file at `path`: beside it first, then in its place by a rename.

    The rights of an existing file are kept; a link stays a link. Raises `OSError`.
    """
    place = path.resolve()
    handle, name = mkstemp(prefix=f".{place.name}-", dir=place.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        if place.exists():
            shutil.copymode(place, beside)
        else:
            # mkstemp's files are private; a lesson's files are for everyone who may read its folder.
            beside.chmod(0o644)
        beside.replace(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
