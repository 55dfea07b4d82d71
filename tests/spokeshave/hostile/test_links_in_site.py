"""A lesson that comes with a folder `site` of its own, in which links lead out of it: nothing goes through them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from spokeshave.cli import main
from spokeshave.output import OutputFolder
from tests.spokeshave.sites import LESSONS, snapshot
from tests.spokeshave.snippets.pages import write_lesson

_SECRET = b"The canary sings."
_LINK = "this link leads to another place, so nothing is read or written there"


def _run(*arguments: str | Path) -> tuple[int, list[str]]:
    """`spokeshave` as a real process: its exit code and what it says."""
    command = [sys.executable, "-m", "spokeshave", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert "Traceback" not in done.stderr
    return done.returncode, (done.stdout + done.stderr).splitlines()


def _run_here(*arguments: str | Path) -> tuple[int, list[str]]:
    """The same in this process, which is faster."""
    done = CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)
    return done.exit_code, (done.stdout + done.stderr).splitlines()


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    return shutil.copytree(LESSONS / "tiny", tmp_path / "lesson")


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A site of somebody else's, with a file that must not get lost."""
    folder = tmp_path / "outside"
    (folder / "docs").mkdir(parents=True)
    for place in (folder, folder / "docs"):
        (place / ".nojekyll").touch()
        (place / "thesis.txt").write_bytes(_SECRET)
    return folder


@pytest.mark.parametrize("link", ["site", "site/docs"])
@pytest.mark.parametrize("target", ["../outside", "../nowhere", "episodes", "site"])
def test_a_link_on_the_way_to_the_site(link: str, target: str, lesson: Path, outside: Path) -> None:
    """Where no folder was named, the site goes through no link: neither out of the lesson nor about in it."""
    place = lesson / link
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(os.path.relpath(lesson / target, place.parent), target_is_directory=True)
    before = snapshot(outside), snapshot(lesson)
    fix = "Remove the link, or name a folder with --to"
    assert _run_here("build", lesson) == (1, [f"error: {link}: {_LINK}. {fix}."])
    assert (snapshot(outside), snapshot(lesson)) == before
    assert place.is_symlink()
    assert not outside.with_name("nowhere").exists()


def test_a_named_folder_may_be_a_link(lesson: Path, outside: Path) -> None:
    """With `--to`, somebody wants it so."""
    (lesson / "site").symlink_to(outside)
    assert _run("build", lesson, "--to", lesson / "site/docs")[0] == 0
    assert (outside / "docs/index.html").is_file()
    assert (lesson / "site").is_symlink()


def test_nothing_is_taken_from_the_last_site_through_a_link(lesson: Path, outside: Path) -> None:
    """Of files, of folders, without an end: what the last site may give is made anew instead."""
    assert _run("build", lesson)[0] == 0
    site = lesson / "site/docs"
    good = snapshot(site)
    cards = sorted((site / "assets/cards").iterdir())
    for card, target in zip(cards, (outside / "thesis.txt", Path("/dev/zero")), strict=False):
        card.unlink()
        card.symlink_to(target)
    (site / "pagefind/x.txt").symlink_to(outside / "thesis.txt")
    (site / "pagefind/folder").symlink_to(outside)
    (site / "pagefind/zero").symlink_to("/dev/zero")
    assert _run("build", lesson)[0] == 0
    assert snapshot(site) == good
    assert not [path for path in site.rglob("*") if path.is_symlink()]


def test_a_folder_of_the_last_site_that_is_a_link(lesson: Path, tmp_path: Path) -> None:
    """It may look like the index of the last build: it is none."""
    assert _run("build", lesson)[0] == 0
    site = lesson / "site/docs"
    good = snapshot(site)
    (site / "pagefind").rename(tmp_path / "index")
    (tmp_path / "index/secret.txt").write_bytes(_SECRET)
    (site / "pagefind").symlink_to(tmp_path / "index")
    assert _run("build", lesson)[0] == 0
    assert snapshot(site) == good


def test_a_pipe_in_the_last_site(tmp_path: Path) -> None:
    """Whoever opens it waits for ever."""
    (tmp_path / "docs/folder").mkdir(parents=True)
    (tmp_path / "docs/.nojekyll").touch()
    os.mkfifo(tmp_path / "docs/folder/pipe")
    with OutputFolder(tmp_path / "docs") as output:
        assert output.last("folder/pipe") is None
        output.keep("folder")
        assert output.paths == set()


@pytest.mark.parametrize("named", [False, True])
def test_the_lock_is_no_link(named: bool, lesson: Path, tmp_path: Path) -> None:
    (lesson / "site").mkdir()
    lock = lesson / "site/.docs.lock"
    lock.symlink_to("../../made")
    arguments = ["--to", str(lesson / "site/docs")] if named else []
    message = "this is a link, and a lock must be a file"
    assert _run_here("build", lesson, *arguments) == (1, [f"error: {lock}: {message}. Remove it."])
    assert not (tmp_path / "made").exists()
    assert [path.name for path in (lesson / "site").iterdir()] == [".docs.lock"]


def test_what_a_killed_build_left_is_no_link(lesson: Path, outside: Path) -> None:
    """Such a link does not become the site."""
    (lesson / "site").mkdir()
    for name in (".docs.old", ".docs.new-abcdefgh"):
        (lesson / "site" / name).symlink_to(outside)
    before = snapshot(outside)
    assert _run("build", lesson)[0] == 0
    assert snapshot(outside) == before
    assert not (lesson / "site/docs").is_symlink()


_Command = Callable[[Path], tuple[int, list[str]]]
_REMEMBERED: dict[str, tuple[str, _Command]] = {
    "check --external": ("links.json", lambda root: _run_here("check", "--external", root)),
    "build": ("snippets.json", lambda root: _run_here("build", root, "--to", root.with_name("built"))),
    "snippets --record": ("snippets.json", lambda root: _run("snippets", "--record", root)),
}
"""By command: the file that it reads or writes beside the site."""


@pytest.mark.parametrize("way", _REMEMBERED)
@pytest.mark.parametrize("link", ["file", "folder"])
@pytest.mark.parametrize("target", ["outside", "nothing", "itself"])
def test_what_is_remembered_is_no_link(way: str, link: str, target: str, tmp_path: Path) -> None:
    """Nor is the folder `site` in which it is. It is told, before any code of the lesson runs."""
    name, command = _REMEMBERED[way]
    code = f"```bash\ntouch {tmp_path / 'ran'}\n```\n"
    root = write_lesson(tmp_path / "lesson", {"episodes/01-first.md": code})
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / name).write_bytes(_SECRET)
    place, other = root / "site", tmp_path / "outside"
    if link == "file":
        place, other = place / name, other / name
        place.parent.mkdir()
    place.symlink_to({"outside": other, "nothing": tmp_path / "nothing", "itself": place}[target])
    code_of_exit, says = command(root)
    if way == "build" and link == "folder" and target != "outside":  # there is nothing to be read
        assert code_of_exit == 0
    else:
        assert code_of_exit == 1
        wanted = f"{place.relative_to(root).as_posix()}: {_LINK}. Remove the link."
        assert sum(line.replace("error: ", "").startswith(wanted) for line in says) == 1, says
    assert snapshot(tmp_path / "outside") == {name: _SECRET}
    assert not (tmp_path / "nothing").exists()
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("way", ["check --external", "build"])
def test_what_is_remembered_is_no_pipe(way: str, tmp_path: Path) -> None:
    """It is as if there were nothing."""
    name, command = _REMEMBERED[way]
    root = write_lesson(tmp_path / "lesson", {"episodes/01-first.md": "Text.\n"})
    (root / "site").mkdir()
    os.mkfifo(root / "site" / name)
    assert command(root)[0] == 0
