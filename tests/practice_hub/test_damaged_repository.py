"""Each byte of what `git gc` writes is damaged, one after the other: what comes is right, or named as damaged."""

from __future__ import annotations

import gc
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from dulwich.protocol import pkt_line

from practice_hub.api.git import advertised, packed
from practice_hub.errors import DamagedError
from practice_hub.store.git import GitRepository

# Dulwich leaves files of a pack open when it finds it damaged.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
TEXTS = {"a.txt": "A file.\n" * 20, "b.txt": "b", "folder/c.txt": "c"}
MAIN = "refs/heads/main"
WHEN = 1_800_000_000  # the same ids in each run


@pytest.fixture(autouse=True)
def nothing_is_left_open() -> Iterator[None]:
    """What was left open is noticed when it is collected: here, not in another test."""
    yield
    gc.collect()


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
    "advertised": lambda git, oid: f"{oid} {MAIN}".encode() in advertised(git).replace(b"\0", b" "),
    "cloned": lambda git, oid: len(packed(git, request(oid))) > 300,
}
_SOME_FILES = {*TEXTS.items()} | {(name, None) for name in TEXTS}
RIGHT_TOO: dict[str, Callable[[object], bool]] = {
    "files": lambda came: isinstance(came, dict) and len(came) == len(TEXTS) and came.items() <= _SOME_FILES,
    # The API says 404: it is the id's beginning that was damaged.
    "beginning of an id": lambda came: came is None,
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


@pytest.mark.parametrize(
    "name", ["objects/pack/*.idx", "objects/pack/*.pack", "packed-refs", "HEAD", "config"]
)
def test_what_comes_is_right_or_named(whole: Path, name: str) -> None:
    git, named = GitRepository(whole), Counter[str]()
    oid = head(git)
    right = {what: ask(git, oid) for what, ask in ASKED.items()}
    assert right == {
        "files": TEXTS,
        "log": ["two", "one"],
        "beginning of an id": oid,
        "advertised": True,
        "cloned": True,
    }
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
    assert named.total() > 1


@dataclass(frozen=True)
class Said:
    file: str
    place: int
    ask: Callable[[GitRepository], object]
    message: str


_AGAIN, _COPY = "Upload it again.", "Take it from a copy."
SAID = {
    "settings": Said(
        "config", 0, head, "The file 1.git/config is damaged … Copy that of another repository."
    ),
    "a reference": Said("packed-refs", 0, head, f"The file 1.git/packed-refs is damaged … {_COPY}"),
    "references": Said(
        "packed-refs", 0, GitRepository.references, f"The file 1.git/packed-refs is damaged … {_COPY}"
    ),
    "a reference that goes": Said(
        "packed-refs",
        0,
        lambda git: git.remove_reference(MAIN),
        f"The file 1.git/packed-refs is damaged … {_COPY}",
    ),
    "a name that is gone": Said(
        "packed-refs", -2, advertised, f"The reference {MAIN} in 1.git is damaged … {_COPY}"
    ),
    "the beginning of an id": Said(
        "objects/pack/*.idx",
        7,
        lambda git: git.resolve("1234567"),
        f"The list of Git objects in 1.git is damaged … {_AGAIN}",
    ),
}


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_what_is_said(whole: Path, said: Said, tmp_path: Path) -> None:
    copied = tmp_path / "1.git"
    shutil.copytree(whole, copied)
    (path,) = copied.glob(said.file)
    content = bytearray(path.read_bytes())
    content[said.place] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)
    with pytest.raises(DamagedError) as raised:
        said.ask(GitRepository(copied))
    assert raised.value.message == said.message.replace("…", "on the Hub's disk, so it is not served.")


@pytest.mark.parametrize(
    "what", ["main", "main^", "main^{tree}", "main:folder", "main:folder/c.txt", "main^:b.txt"]
)
def test_each_object_is_checked(whole: Path, what: str, tmp_path: Path) -> None:
    """All that `git clone` would send: versions, folders and files, the older ones too."""
    copied = tmp_path / "1.git"
    shutil.copytree(whole, copied)
    packed_objects = (copied / "objects/pack").rename(tmp_path / "pack")
    (pack,) = packed_objects.glob("*.pack")
    with pack.open("rb") as file:
        subprocess.run(["git", "-C", str(copied), "unpack-objects", "-q"], stdin=file, check=True)
    git = GitRepository(copied)
    git.check_objects()
    git.repo.close()
    asked = ["git", "-C", str(copied), "rev-parse", what]
    oid = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    (copied / "objects" / oid[:2] / oid[2:]).unlink()
    git = GitRepository(copied)
    with pytest.raises(DamagedError, match=oid):
        git.check_objects()
    git.repo.close()
