"""The whole site as one file: complete, the same from every build, and without links that lead out of it."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from spokeshave.bodies import Bodies
from spokeshave.output import OutputFolder
from spokeshave.reader import read_lesson
from spokeshave.site import Extras, build_site
from tests.spokeshave.sites import copy_lesson, snapshot

_FOLDER = "herb-logbook"
_OFFER = re.compile(r'<a class="sidebar-entry offline-copy" href="([^"]+)" download>.*?</a>', re.DOTALL)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The same lesson, built twice with its offline copy."""
    folder = tmp_path_factory.mktemp("offline")
    lesson = read_lesson(copy_lesson("everything", folder / "lesson")).lesson
    targets = [folder / "one", folder / "two"]
    for target in targets:
        with OutputFolder(target) as output:
            build_site(lesson, output, Bodies(), Extras(offline_copy=True))
            output.finish()
    return targets


def test_copy_is_the_site_without_its_offer(sites: list[Path], tmp_path: Path) -> None:
    """Every file but the copy itself, in one folder; pages differ by the link to the copy alone."""
    files = snapshot(sites[0])
    with ZipFile(sites[0] / "site.zip") as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [_FOLDER]
    copied = snapshot(tmp_path / _FOLDER)
    assert copied.keys() == files.keys() - {"site.zip"}
    assert {"files/03-code.ipynb", "data/herbs.csv", "fig/leaf.png", "instructor/aio.html"} <= copied.keys()
    for path, content in copied.items():
        if path.endswith(".html"):
            offers = _OFFER.findall(files[path].decode())
            assert len(offers) == 1, path
            assert "site.zip" not in content.decode(), path
            without = re.sub(rf"\s*{_OFFER.pattern}", "", files[path].decode(), flags=re.DOTALL)
            assert content.decode() == without, path
        else:
            assert content == files[path], path


def test_size_is_told(sites: list[Path]) -> None:
    kilobytes = -(-(sites[0] / "site.zip").stat().st_size // 1000)
    for path, href in (("index.html", "site.zip"), ("instructor/aio.html", "../site.zip")):
        offer = _OFFER.search((sites[0] / path).read_text(encoding="utf-8"))
        assert offer is not None
        assert offer[1] == href
        assert f"Download for offline use ({kilobytes} kB)" in offer[0]


def test_same_site_same_copy(sites: list[Path]) -> None:
    first, second = ((site / "site.zip").read_bytes() for site in sites)
    assert first == second


def test_what_is_compressed_is_stored(sites: list[Path]) -> None:
    with ZipFile(sites[0] / "site.zip") as archive:
        stored = {
            info.filename.rpartition(".")[2]
            for info in archive.infolist()
            if info.compress_type == ZIP_STORED
        }
    assert stored == {"png"}
