"""The wheel holds what git has of the packages; installed without a network, it builds a lesson and starts a Hub."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.spokeshave.sites import copy_lesson
from tests.supply.wheel import packed, sources, twice

_OF_A_MACHINE = re.compile(rb"/(home|work|tmp|root)/[a-z]|file:/{2,3}[a-z]")


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return twice(tmp_path_factory.mktemp("wheels"))


def test_two_builds_are_identical(wheels: tuple[Path, Path]) -> None:
    """Two copies of the sources: other paths, rights, times, time zones and hash seeds."""
    early, late = wheels
    assert early.name == late.name
    assert early.read_bytes() == late.read_bytes()


def test_it_holds_the_packages_and_nothing_else(wheels: tuple[Path, Path]) -> None:
    """Templates, styles, scripts, languages and icons are there; no test and no lesson is."""
    wanted = {name.removeprefix("src/") for name in sources()}
    assert packed(wheels[0]) == wanted
    suffixes = {Path(name).suffix for name in wanted}
    assert {".py", ".html", ".css", ".js", ".svg", ".yaml", ".ttf"} <= suffixes


def test_it_brings_the_licenses_of_what_is_in_it(wheels: tuple[Path, Path]) -> None:
    """Its own, that of the font and that of the icons."""
    with zipfile.ZipFile(wheels[0]) as archive:
        licenses = [name.partition("/licenses/")[2] for name in archive.namelist() if "/licenses/" in name]
    theme = "src/spokeshave/theme"
    assert sorted(licenses) == ["LICENSE.md", f"{theme}/fonts/LICENSE", f"{theme}/icons/LICENSE"]


def test_no_path_of_a_machine_is_in_it(wheels: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(wheels[0]) as archive:
        found = {
            name: path[0]
            for name in archive.namelist()
            if "dist-info" in name and (path := _OF_A_MACHINE.search(archive.read(name)))
        }
    assert found == {}


def test_installed_without_a_network_it_builds_a_lesson(wheels: tuple[Path, Path], tmp_path: Path) -> None:
    """In an environment of its own that sees the libraries of this one, but not the work tree."""
    programs = _installed(wheels[0], tmp_path / "environment")
    lesson = copy_lesson("tiny", tmp_path / "lesson")
    where = _run(programs / "python", "-c", "import spokeshave; print(spokeshave.__file__)")
    assert Path(where.strip()).is_relative_to(tmp_path / "environment")
    assert "index.html" in _run(programs / "spokeshave", "build", str(lesson))
    pages = {path.name for path in (lesson / "site/docs").glob("*.html")}
    assert {"index.html", "aio.html", "404.html"} <= pages
    assert (lesson / "site/docs/pagefind").is_dir()
    assert "--data" in _run(programs / "practice-hub", "--help")


def _installed(wheel: Path, folder: Path) -> Path:
    """The folder with the programs of a new environment in which the wheel is installed."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    command = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "install", "--quiet"]
    options = ["--no-index", "--no-deps", "--disable-pip-version-check"]
    subprocess.run([*command, *options, str(wheel)], check=True)
    [packages] = folder.rglob("site-packages")
    # A path in such a file is looked at after the environment's own, and no such file in it is read: not the one
    # that makes our work tree importable.
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return programs


def _run(*command: Path | str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
