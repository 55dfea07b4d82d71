"""The offline copy: the whole site in one ZIP file, to be read from a folder without a network."""

from __future__ import annotations

import re
import shutil
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from spokeshave.lesson import Lesson
from spokeshave.output import OutputFolder
from spokeshave.pages.sizes import size_text

OFFLINE_COPY = "site.zip"
"""Its path in the site."""
SIZE_HOLE = "\x05" * 10
"""Stands in the pages where its size is told, which is known only when it is made; as long as the longest size."""

_LINK = re.compile(rb'\s*<a class="sidebar-entry offline-copy"[^>]*>.*?</a>', re.DOTALL)
_PACKED = frozenset(
    """
    .7z .avif .bz2 .gif .gz .ico .jpeg .jpg .m4a .m4v .mov .mp3 .mp4 .ogg .pagefind .pdf .pf_fragment .pf_index
    .pf_meta .png .rar .webm .webp .woff .woff2 .xz .zip .zst
    """.split()
)
"""Endings of what is compressed already."""
_LEVEL = 1
"""Of compression: level 6 takes twice as long and makes the copy of our lesson a twelfth smaller."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file knows. Every file has it, so that the same site makes the same copy."""


def write_offline_copy(lesson: Lesson, output: OutputFolder) -> None:
    """Pack all that was written to `output` so far, and tell its size where pages have `SIZE_HOLE`.

    The pages in the copy do not offer it: it is not in itself.
    """
    folder = _folder(lesson)
    holes = []
    paths = sorted(output.paths)
    with output.binary(OFFLINE_COPY) as target, ZipFile(target, "w") as archive:
        for path in paths:
            hole = _add(archive, f"{folder}/{path}", path, output)
            if hole >= 0:
                holes.append((path, hole))
        archive.close()
        size = target.tell()
    told = f"({size_text(size)})".ljust(len(SIZE_HOLE))
    for path, hole in holes:
        output.overwrite(path, hole, told)


def _folder(lesson: Lesson) -> str:
    """The name of the one folder in the copy: that of the lesson's repository."""
    name = PurePosixPath(lesson.settings.source.rstrip("/")).name.removesuffix(".git")
    return re.sub(r"[^\w.-]+", "-", name).strip(".-") or "lesson"


def _add(archive: ZipFile, name: str, path: str, output: OutputFolder) -> int:
    """Add a file of the site. Returns where the size of the copy is to be told in it, -1 if nowhere."""
    info = ZipInfo(name, _EPOCH)
    info.create_system = 3  # Unix, wherever it is made
    info.external_attr = 0o100644 << 16
    packed = PurePosixPath(path).suffix.lower() in _PACKED
    info.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
    with output.open(path) as source:
        if packed:
            _copy(archive, info, source)
            return -1
        data = source.read()
    hole = data.find(SIZE_HOLE.encode()) if path.endswith(".html") else -1
    if hole >= 0:
        data = _LINK.sub(b"", data, count=1)
    archive.writestr(info, data, compresslevel=_LEVEL)
    return hole


def _copy(archive: ZipFile, info: ZipInfo, source: BinaryIO) -> None:
    """Add a file as it is, piece by piece: films may be larger than memory."""
    with archive.open(info, "w", force_zip64=True) as target:
        shutil.copyfileobj(source, target, 1 << 20)
