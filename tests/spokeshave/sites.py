"""Built lessons for the tests, and ways to read them."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cached_property
from pathlib import Path

from bs4 import BeautifulSoup

from spokeshave.bodies import Bodies
from spokeshave.output import OutputFolder
from spokeshave.reader import read_lesson
from spokeshave.site import Extras, build_site

REPOSITORY = Path(__file__).parents[2]
LESSONS = Path(__file__).parent / "lessons"
"""Lessons that the tests build."""
OURS = "ours"
"""The name that the tests have for this repository's own lesson."""
EVERY_LESSON = (OURS, "everything", "spanish", "overview", "tiny")
DAY = "2024-05-06"
"""When the lessons of the tests were last changed, as their git history says."""


class Site:
    """A built site and its pages, parsed as browsers parse them."""

    def __init__(self, name: str, root: Path) -> None:
        self.name = name
        self.root = root
        self._parsed: dict[str, BeautifulSoup] = {}

    @cached_property
    def files(self) -> dict[str, Path]:
        """Every file by its path below the root."""
        found = (path for path in sorted(self.root.rglob("*")) if path.is_file())
        return {path.relative_to(self.root).as_posix(): path for path in found}

    @cached_property
    def pages(self) -> list[str]:
        return [path for path in self.files if path.endswith(".html")]

    def text(self, path: str) -> str:
        return self.files[path].read_text(encoding="utf-8")

    def page(self, path: str) -> BeautifulSoup:
        """One page, parsed once."""
        if path not in self._parsed:
            self._parsed[path] = BeautifulSoup(self.text(path), "html5lib")
        return self._parsed[path]


def copy_lesson(name: str, root: Path) -> Path:
    """A lesson of the tests in a folder of its own, as one commit of a known date."""
    shutil.copytree(LESSONS / name, root)
    git = ["git", "-C", str(root), "-c", "user.name=Test", "-c", "user.email=test@example.org"]
    moment = f"{DAY}T12:00:00+00:00"
    environment = {**os.environ, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for command in (["init", "-q"], ["add", "-A", "-f"], ["commit", "-q", "--no-gpg-sign", "-m", "One"]):
        subprocess.run([*git, *command], env=environment, check=True)
    return root


def build(root: Path, target: Path, bodies: Bodies | None = None, *, for_web: bool = False) -> None:
    """Build the lesson in `root` into the folder `target`."""
    lesson = read_lesson(root).lesson
    with OutputFolder(target) as output:
        build_site(lesson, output, bodies or Bodies(), Extras(for_web=for_web, search=True))
        output.finish()


def build_named(name: str, folder: Path) -> Path:
    """Build the lesson of this name below the new folder `folder`; gives the folder of the site."""
    folder.mkdir()
    root = REPOSITORY if name == OURS else copy_lesson(name, folder / "lesson")
    build(root, folder / "docs")
    return folder / "docs"


def snapshot(site: Path) -> dict[str, bytes]:
    """Every file of a site with its content."""
    files = (path for path in sorted(site.rglob("*")) if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}
