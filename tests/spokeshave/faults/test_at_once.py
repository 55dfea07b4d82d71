"""Several builds of one site at once: each ends well, and one whole site stands there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from spokeshave.output import OutputFolder
from tests.spokeshave.faults.two_lessons import beside, both_sites, build_here, command, which

_BUILDS = "ABA"
_ROUNDS = 2
_WAITS = "Another build writes this site now. This one waits until it has ended."


def test_builds_at_once(tmp_path: Path) -> None:
    """Three processes to one folder, which is not there before the first round."""
    lessons, sites = both_sites(tmp_path)
    target = tmp_path / "served/docs"
    for _ in range(_ROUNDS):
        builds = [
            subprocess.Popen(
                command(lessons[name], target), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            for name in _BUILDS
        ]
        said = [one.communicate() for one in builds]
        assert [one.returncode for one in builds] == [0] * len(_BUILDS), said
        assert [shown for shown, _ in said] == [f"{target / 'index.html'}\n"] * len(_BUILDS)
        assert {
            line for _, errors in said for line in errors.splitlines() if not line.startswith("Built ")
        } <= {_WAITS}
        assert which(target, sites) in "AB"
        assert beside(target) == []


@pytest.mark.skipif(
    not hasattr(sys, "abiflags"), reason="on Windows a program holds its own files from itself"
)
def test_a_build_waits_for_another_and_says_so(tmp_path: Path) -> None:
    """What the first one writes is not taken for the leavings of a dead one, and it wins only for a moment."""
    lessons, sites = both_sites(tmp_path)
    target = tmp_path / "served/docs"
    with OutputFolder(target) as output:
        output.write(".nojekyll", "")
        second = subprocess.Popen(
            command(lessons["A"], target), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert second.stderr
        assert second.stderr.readline() == f"{_WAITS}\n"
        output.write("index.html", "first")
        output.finish()
        assert (target / "index.html").read_text() == "first"
    _, errors = second.communicate()
    assert (second.returncode, errors.startswith("Built ")) == (0, True)
    assert which(target, sites) == "A"
    assert beside(target) == []


def test_builds_of_two_sites_in_one_folder_do_not_wait(tmp_path: Path) -> None:
    lessons, sites = both_sites(tmp_path)
    targets = {name: tmp_path / "served" / name for name in "AB"}
    with OutputFolder(targets["A"]) as output:
        build_here(lessons["B"], targets["B"])
        assert which(targets["B"], sites) == "B"
        assert output.paths == set()


def test_a_site_that_a_link_leads_to(tmp_path: Path) -> None:
    """The link stays, and leads to the new site."""
    lessons, sites = both_sites(tmp_path)
    (tmp_path / "web").mkdir()
    target = tmp_path / "served"
    target.symlink_to("web/root")
    for name in "AB":
        build_here(lessons[name], target)
        assert target.is_symlink()
        assert which(tmp_path / "web/root", sites) == name
        assert beside(tmp_path / "web/root") == []
    assert not [name for name in beside(target) if name.startswith(".")]


def test_a_file_where_the_site_should_be_is_left(tmp_path: Path) -> None:
    lessons, _ = both_sites(tmp_path)
    (tmp_path / "docs").write_text("years of work")
    done = subprocess.run(
        command(lessons["A"], tmp_path / "docs"), capture_output=True, text=True, check=False
    )
    message = "the output folder is a file. Choose another folder with --to, or remove this one."
    assert (done.returncode, done.stderr) == (1, f"error: {tmp_path / 'docs'}: {message}\n")
    assert (tmp_path / "docs").read_text() == "years of work"
    assert not [name for name in beside(tmp_path / "docs") if name.startswith(".")]


def test_only_leavings_are_cleared_away(tmp_path: Path) -> None:
    """Of what begins like them nothing is touched; what a killed build left goes."""
    lessons, sites = both_sites(tmp_path)
    target = tmp_path / "served/docs"
    build_here(lessons["B"], target)
    kept = [".docs.new-x", ".docs.new-mine.new-abcdefgh", ".docs.newer", ".docs-backup", "docs.old"]
    for name in (*kept, ".docs.new-ab_cd123", ".docs.old"):
        (target.parent / name / "folder").mkdir(parents=True)
    (target.parent / ".docs.lock").touch()
    build_here(lessons["A"], target)
    assert beside(target) == sorted(kept)
    assert which(target, sites) == "A"
