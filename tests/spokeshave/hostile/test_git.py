"""A lesson's own git settings run nothing: each trap is first seen to close on `git` itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.spokeshave.sites import copy_lesson

_SIGNED = b"""tree %s
author a <a@example.org> %d +0000
committer a <a@example.org> %d +0000
gpgsig -----BEGIN PGP SIGNATURE-----
 x
 -----END PGP SIGNATURE-----

m
"""
_LATE = 253_402_300_801
"""In seconds since 1970: a day of the year 10000, for which Python has no date."""


def git(root: Path, *arguments: str, given: bytes = b"", fails: bool = False) -> str:
    me = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    done = subprocess.run(
        ["git", "-C", str(root), *me, *arguments], input=given, capture_output=True, check=False
    )
    assert fails or done.returncode == 0, done.stderr
    return done.stdout.decode().strip()


def signed(root: Path, when: int = 1_700_000_000) -> None:
    """The lesson as one commit with a signature, which git hands to a program for checking."""
    git(root, "add", "--all")
    commit = _SIGNED % (git(root, "write-tree").encode(), when, when)
    made = git(root, "hash-object", "-t", "commit", "-w", "--stdin", "--literally", given=commit)
    git(root, "update-ref", "HEAD", made)


def a_signature_is_checked(root: Path) -> None:
    git(root, "init", "--quiet")
    signed(root)
    git(root, "config", "log.showSignature", "true")
    git(root, "config", "gpg.program", str(root / "trap.sh"))


def a_folder_looks_like_a_repository(root: Path) -> None:
    """Such files can be committed: whoever clones the lesson has them."""
    a_signature_is_checked(root)
    git(root, "config", "core.worktree", ".")
    for name in ("HEAD", "config", "objects", "refs"):
        (root / ".git" / name).rename(root / name)
    (root / ".git").rename(root.parent / "rest")


def a_missing_object_is_fetched(root: Path) -> None:
    oid = git(root, "rev-parse", "HEAD:episodes")
    (root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    for name, value in (
        ("core.repositoryformatversion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", f"ext::{root / 'trap.sh'}"),
        ("protocol.ext.allow", "always"),
    ):
        git(root, "config", name, value)


@pytest.mark.skipif(os.name == "nt", reason="the traps are shell scripts")
@pytest.mark.parametrize(
    "trap", [a_signature_is_checked, a_folder_looks_like_a_repository, a_missing_object_is_fetched]
)
def test_no_program_is_run(tmp_path: Path, trap: object) -> None:
    assert callable(trap)
    root, closed = copy_lesson("tiny", tmp_path / "lesson"), tmp_path / "closed"
    (root / "trap.sh").write_text(f"#!/bin/sh\ntouch '{closed}'\n")
    (root / "trap.sh").chmod(0o755)
    trap(root)
    git(root, "log", "--name-only", "--", ".", fails=True)
    assert closed.exists(), "this is no trap any more"
    closed.unlink()
    for command in ("build", "check"):
        done = subprocess.run(
            [sys.executable, "-m", "spokeshave", command, str(root)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
        assert not closed.exists()


def test_a_day_that_python_does_not_have(tmp_path: Path) -> None:
    root = copy_lesson("tiny", tmp_path / "lesson")
    signed(root, _LATE)
    done = subprocess.run(
        [sys.executable, "-m", "spokeshave", "build", str(root)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
