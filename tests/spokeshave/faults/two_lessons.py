"""Two lessons, A and B, whose sites differ in every page, and what is seen of a site that stands somewhere."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from spokeshave.cli import main
from tests.spokeshave.sites import LESSONS, snapshot

Content = dict[str, bytes]
"""All files of a site by path."""


def write_lessons(folder: Path) -> dict[str, Path]:
    """The lessons A and B below `folder`. Every page tells in its menu which one it is of; A has one page more."""
    made = {}
    for name in "AB":
        root = made[name] = folder / name
        shutil.copytree(LESSONS / "tiny", root)
        config = (root / "config.yaml").read_text(encoding="utf-8")
        config = config.replace("A tiny lesson", f"Tiny lesson, edition {name}")
        (root / "config.yaml").write_text(config, encoding="utf-8")
    (made["A"] / "learners").mkdir(exist_ok=True)
    (made["A"] / "learners/sowing.md").write_text("---\ntitle: Sowing\n---\n\nIn spring.\n", encoding="utf-8")
    return made


def command(lesson: Path, target: Path) -> list[str]:
    """What builds a lesson, in a process of its own."""
    return [sys.executable, "-m", "spokeshave", "build", str(lesson), "--to", str(target)]


def build(lesson: Path, target: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(lesson, target), capture_output=True, text=True, check=False)


def build_here(lesson: Path, target: Path) -> None:
    """Build in this process. Raises SystemExit if that fails."""
    main(["build", str(lesson), "--to", str(target)], standalone_mode=False)


def both_sites(folder: Path) -> tuple[dict[str, Path], dict[str, Content]]:
    """The two lessons below `folder`, and what their sites hold: no page of one is a page of the other."""
    lessons, sites = write_lessons(folder), {}
    for name, root in lessons.items():
        build_here(root, folder / f"site-{name}")
        sites[name] = snapshot(folder / f"site-{name}")
        shutil.rmtree(folder / f"site-{name}")
    pages = [{text for path, text in site.items() if path.endswith(".html")} for site in sites.values()]
    assert not pages[0] & pages[1]
    return lessons, sites


def which(target: Path, sites: dict[str, Content]) -> str:
    """The name of the site that stands at `target`, whole. Raises AssertionError if it is none of them."""
    found = snapshot(target)
    names = [name for name, content in sites.items() if content == found]
    assert names, f"{len(found)} files at {target} are no whole site"
    return names[0]


def beside(target: Path) -> list[str]:
    """What there is in the folder of `target` but it."""
    return sorted(path.name for path in target.parent.iterdir() if path != target)
