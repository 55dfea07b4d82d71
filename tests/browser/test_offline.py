"""The offline copy, unpacked and read from its folder."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Browser

from spokeshave.bodies import Bodies
from spokeshave.output import OutputFolder
from spokeshave.reader import read_lesson
from spokeshave.site import Extras, build_site
from tests.browser.visiting import visiting
from tests.spokeshave.sites import copy_lesson


def test_copy_is_read_from_its_folder(browser: Browser, tmp_path: Path) -> None:
    """From the home page to an episode: pictures load, nothing is told, nothing is asked for elsewhere."""
    lesson = read_lesson(copy_lesson("everything", tmp_path / "lesson")).lesson
    with OutputFolder(tmp_path / "docs") as output:
        build_site(lesson, output, Bodies(), Extras(offline_copy=True))
        output.finish()
    with ZipFile(tmp_path / "docs" / "site.zip") as archive:
        archive.extractall(tmp_path / "copy")
    with visiting(browser, (tmp_path / "copy" / "herb-logbook").as_uri()) as visit:
        visit.open("index.html")
        visit.page.locator("#sidebar a", has_text="Links and images").click()
        visit.settle()
        assert visit.page.url == f"{visit.root}/05-links-images.html"
        widths = visit.page.locator("main img").evaluate_all("all => all.map((one) => one.naturalWidth)")
        assert len(widths) > 5
        assert 0 not in widths
        assert visit.page.locator(".offline-copy").count() == 0
        assert visit.noticed == []
