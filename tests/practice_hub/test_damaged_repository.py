"""Each byte of what `git gc` writes is damaged, one after the other: what comes is right, or named as damaged."""

from __future__ import annotations

import random
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from dulwich.protocol import pkt_line

from practice_hub.api.git import advertised, packed
from practice_hub.errors import DamagedError
from practice_hub.store.git import GitRepository

TEXTS = {"a.txt": "A file.\n" * 20, "b.txt": "b", "folder/c.txt": "c"}
MAIN = "refs/heads/main"
WHEN = 1_800_000_000  # the same ids in each run


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("repository") / "1.git"
    git = GitRepository.create(path)
    first = git.add_commit({"b.txt": git.add_blob(b"before")}, "one", "ada", WHEN, ())
    files = {name: git.add_blob(text.encode()) for name, text in TEXTS.items()}
    git.set_reference(MAIN, git.add_commit(files, "two", "ada", WHEN, (first.oid,)).oid)
    git.repo.close()
    subprocess.run(["git", "-C", str(path), "gc", "-q"], check=True)
    assert not [*path.rglob("commit-graph*")], "another copy of the parents, which nothing checks"
    return path


def request(oid: str) -> bytes:
    """What `git clone` sends."""
    want = f"want {oid} side-band-64k thin-pack ofs-delta\n"
    return pkt_line(want.encode()) + pkt_line(None) + pkt_line(b"done\n")


def files(git: GitRepository) -> dict[str, str | None]:
    """Each file's text; None where that alone is damaged."""
    found: dict[str, str | None] = {}
    for path, entry in git.files(git.commit(head(git))).files.items():
        found[path] = None
        with suppress(DamagedError):
            found[path] = git.blob(entry.oid).decode()
    return found


def head(git: GitRepository) -> str:
    oid = git.reference(MAIN)
    if oid is None:
        raise DamagedError(MAIN)  # the API says 404: its name is what was damaged
    return oid


ASKED: dict[str, Callable[[GitRepository, str], object]] = {
    "files": lambda git, _: files(git),
    "log": lambda git, _: [commit.title for commit in git.log(head(git))],
    "beginning of an id": lambda git, oid: git.resolve(oid[:9]),
    "advertised": lambda git, oid: advertised(git).count(oid.encode()) == 2,  # as HEAD, and as main
    "cloned": lambda git, oid: len(packed(git, request(oid))) > 300,
}
RIGHT_TOO: dict[str, Callable[[object], bool]] = {
    "files": lambda came: (
        isinstance(came, dict) and TEXTS.items() >= {*came.items()} - {(name, None) for name in TEXTS}
    ),
    "beginning of an id": lambda came: (
        came is None
    ),  # the API says 404: it is the id's beginning that was damaged
}


def damages(path: Path) -> Iterator[int]:
    """Damage one byte after the other, each in another way, and mend it again."""
    content, chance = path.read_bytes(), random.Random(3)
    path.chmod(0o600)
    for place in range(len(content)):
        changed = bytearray(content)
        changed[place] ^= chance.randrange(1, 256)
        path.write_bytes(changed)
        yield place
    path.write_bytes(content)


def outcome(git: GitRepository, oid: str, ask: Callable[[GitRepository, str], object]) -> object:
    try:
        return ask(git, oid)
    except DamagedError:
        return DamagedError


# Dulwich leaves files of a pack open when it finds it damaged.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", ["objects/pack/*.idx", "objects/pack/*.pack", "packed-refs", "config"])
def test_what_comes_is_right_or_named(whole: Path, name: str) -> None:
    git, named = GitRepository(whole), Counter[str]()
    oid = head(git)
    right = {what: ask(git, oid) for what, ask in ASKED.items()}
    assert right["files"] == TEXTS
    git.repo.close()
    (path,) = whole.glob(name)
    for place in damages(path):
        try:
            git = GitRepository(whole)
        except DamagedError:
            named["repository"] += 1
            continue
        for what, ask in ASKED.items():
            came = outcome(git, oid, ask)
            named[what] += came is DamagedError
            fine = came in (DamagedError, right[what]) or (what in RIGHT_TOO and RIGHT_TOO[what](came))
            assert fine, (place, what, came)
        git.repo.close()
    assert named.total() > 9
