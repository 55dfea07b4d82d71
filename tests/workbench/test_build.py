"""Building with the Workbench, where there is none: R cannot be had on the machines that run this test.

So a stand-in for `Rscript` writes a site. It proves what is handed to R and what is made of the result, not R's work.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.workbench import both
from tests.workbench.build import build

STAND_IN = """#!/bin/sh
echo "$@" >> "$CALLS"
case "$*" in *packageVersion*) exit 0;; esac
mkdir -p site/docs && { echo '<main id="main-content">' && cat index.md new.md; } > site/docs/index.html
"""


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    folder = tmp_path / "lesson"
    folder.mkdir()
    (folder / "index.md").write_text("Committed.\n")
    (folder / "gone.md").write_text("Committed.\n")
    git = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org"]
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message=All"]):
        subprocess.run([*git, *command], cwd=folder, check=True)
    (folder / "index.md").write_text("Changed.\n")
    (folder / "new.md").write_text("New.\n")
    (folder / "gone.md").unlink()
    return folder


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder with programs, besides the system's shell and git."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("git", "sh", "mkdir", "cat"):
        found = next(Path(place) / name for place in os.get_exec_path() if (Path(place) / name).exists())
        (programs / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    return programs


def test_r_builds_what_is_in_the_folder_and_the_sites_are_compared(
    lesson: Path, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (path / "Rscript").write_text(STAND_IN)
    (path / "Rscript").chmod(0o755)
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "index.html").write_text('<main id="main-content">Changed. Old.')
    both.main(lesson, ours)
    assert capsys.readouterr().out.splitlines() == [
        "index.html: words - New.",
        "index.html: words + Old.",
        "Built by R's sandpaper. 1 pages are in both sites; 2 differences.",
    ]
    _, call = (tmp_path / "calls").read_text().splitlines()
    assert call == "-e sandpaper::validate_lesson() -e sandpaper::build_lesson(preview = FALSE)"
    assert sorted(file.name for file in lesson.iterdir()) == [".git", "index.md", "new.md"]


def test_nothing_built_is_no_site(lesson: Path, path: Path, tmp_path: Path) -> None:
    (path / "Rscript").write_text("#!/bin/sh\n")
    (path / "Rscript").chmod(0o755)
    with pytest.raises(SystemExit, match=r"built no index\.html"):
        build(lesson, tmp_path / "docs")


@pytest.mark.usefixtures("path")
def test_without_r_and_docker_it_says_how_to_get_them(lesson: Path, tmp_path: Path) -> None:
    with pytest.raises(
        SystemExit, match="neither R's package sandpaper nor a running Docker is on this machine"
    ):
        build(lesson, tmp_path / "docs")
