"""One repository's Git objects and references, as bare Git keeps them on disk."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from dulwich.objects import Blob, ObjectID, ShaFile, Tree
from dulwich.objects import Commit as GitCommit
from dulwich.refs import Ref
from dulwich.repo import Repo

from practice_hub.errors import DamagedError
from practice_hub.store.damage import damage_named
from practice_hub.store.durable import sync_folders, write_into_place

FILE_MODE = 0o100644
FOLDER_MODE = 0o040000
POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\noid sha256:([0-9a-f]{64})\nsize (\d{1,18})\n"
)
LONGEST_POINTER = 200
REMEMBERED = 256  # versions whose lists of files are kept in memory


@dataclass(frozen=True, slots=True)
class Commit:
    """One version of a repository. `when` is in seconds since 1970, UTC."""

    oid: str
    tree: str
    parents: tuple[str, ...]
    author: str
    when: int
    message: str

    @property
    def title(self) -> str:
        return self.message.split("\n", 1)[0]

    @property
    def description(self) -> str:
        return self.message.partition("\n")[2].strip()


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a version. A large file is a pointer in Git: then `size` and `sha256` are those of the file."""

    path: str
    oid: str
    size: int
    sha256: str | None = None
    pointer_size: int = 0


@dataclass(frozen=True)
class Files:
    """All files and folders of a version, by path; a folder's value is the id of its tree."""

    files: Mapping[str, Entry] = field(default_factory=dict)
    folders: Mapping[str, str] = field(default_factory=dict)


def pointer_to(sha256: str, size: int) -> bytes:
    """The text that stands for a large file in Git: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md"""
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {size}\n".encode()


class GitRepository:
    """Reads and writes one bare repository. Writers hold `lock`; readers need not."""

    def __init__(self, path: Path) -> None:
        """Raises DamagedError if Git's settings are not what was stored, NotGitRepository if there are none."""
        self.path = path
        self.lock = threading.RLock()
        with damage_named(f"The file {path.name}/config", "Copy that of another repository."):
            self.repo = Repo(str(path))
        self._entries: dict[str, tuple[int, str | None, int]] = {}  # of blobs: size, SHA-256, pointer's size
        self._files: dict[str, Files] = {}
        for left in path.rglob("*.lock"):  # of a Hub that was stopped while it wrote: nobody else writes here
            left.unlink()

    @classmethod
    def create(cls, path: Path) -> GitRepository:
        path.mkdir(parents=True)
        with Repo.init_bare(str(path), default_branch=b"main") as repo:
            config = repo.get_config()
            config.set("core", "commitGraph", False)  # it repeats what the commits say, and nothing checks it
            config.write_to_path()
        sync_folders([path, path / "refs", path / "objects", path.parent])
        return cls(path)

    # Objects

    def _object(self, oid: str) -> ShaFile:
        with damage_named(f"The Git object {oid} in {self.path.name}"):
            return self.repo.object_store[ObjectID(oid.encode())]

    def blob(self, oid: str) -> bytes:
        """A file's content. Raises DamagedError if it is not what was stored."""
        found = self._object(oid)
        if not isinstance(found, Blob):
            raise DamagedError(f"The Git object {oid} in {self.path.name}")
        return found.as_raw_string()

    def commit(self, oid: str) -> Commit:
        found = self._object(oid)
        if not isinstance(found, GitCommit):
            raise DamagedError(f"The Git object {oid} in {self.path.name}")
        return Commit(
            oid,
            found.tree.decode(),
            tuple(parent.decode() for parent in found.parents),
            found.author.decode("utf-8", "replace").partition(" <")[0],
            found.commit_time,
            found.message.decode("utf-8", "replace").rstrip("\n"),
        )

    def log(self, oid: str) -> Iterator[Commit]:
        """A version and those before it, newest first."""
        following: str | None = oid
        while following:
            commit = self.commit(following)
            yield commit
            following = commit.parents[0] if commit.parents else None

    def files(self, commit: Commit) -> Files:
        if known := self._files.get(commit.tree):
            return known
        files: dict[str, Entry] = {}
        folders: dict[str, str] = {}
        self._walk(commit.tree, "", files, folders)
        found = Files(dict(sorted(files.items())), dict(sorted(folders.items())))
        if len(self._files) > REMEMBERED:
            self._files.clear()
        self._files[commit.tree] = found
        return found

    def _walk(self, oid: str, prefix: str, files: dict[str, Entry], folders: dict[str, str]) -> None:
        tree = self._object(oid)
        if not isinstance(tree, Tree):
            raise DamagedError(f"The Git object {oid} in {self.path.name}")
        for item in tree.iteritems():
            path, child = prefix + item.path.decode("utf-8", "replace"), item.sha.decode()
            if item.mode == FOLDER_MODE:
                folders[path] = child
                self._walk(child, path + "/", files, folders)
            else:
                files[path] = self._entry(path, child)

    def _entry(self, path: str, oid: str) -> Entry:
        if oid not in self._entries:
            try:
                data = self.blob(oid)
            except DamagedError:  # the other files are listed and served; whoever asks for this one is told
                return Entry(path, oid, 0)
            pointer = POINTER.fullmatch(data) if len(data) <= LONGEST_POINTER else None
            known = (int(pointer[2]), pointer[1].decode(), len(data)) if pointer else (len(data), None, 0)
            self._entries[oid] = known
        size, sha256, pointer_size = self._entries[oid]
        return Entry(path, oid, size, sha256, pointer_size)

    def check_objects(self) -> None:
        """Read all objects that references lead to. Raises DamagedError if one is not what was stored."""
        waiting = [ObjectID(oid.encode()) for oid in self.references().values()]
        seen: set[ObjectID] = set()
        while waiting:
            oid = waiting.pop()
            if oid in seen:
                continue
            seen.add(oid)
            found = self._object(oid.decode())
            if isinstance(found, GitCommit):
                waiting += [found.tree, *found.parents]
            elif isinstance(found, Tree):
                waiting += [item.sha for item in found.iteritems()]

    # Writing

    def add_blob(self, data: bytes) -> str:
        blob = Blob.from_string(data)
        self._store([blob])
        return blob.id.decode()

    def add_commit(
        self,
        files: Mapping[str, str],
        message: str,
        author: str,
        when: int,
        parents: tuple[str, ...],
    ) -> Commit:
        """Store a version with these files (path → id of the content). No reference leads to it yet."""
        trees: list[ShaFile] = []
        root = _tree_of(files, trees)
        commit = GitCommit()
        commit.tree = root.id
        commit.parents = [ObjectID(parent.encode()) for parent in parents]
        commit.author = commit.committer = f"{author} <{author}@practice-hub.invalid>".encode()
        commit.author_time = commit.commit_time = when
        commit.author_timezone = commit.commit_timezone = 0
        commit.message = (message.replace("\0", "") + "\n").encode("utf-8", "replace")
        self._store([*trees, commit])
        return self.commit(commit.id.decode())

    def _store(self, objects: Iterable[ShaFile]) -> None:
        """Write objects that are not here, or are here but damaged. Several threads may write the same one.

        Dulwich would refuse the second of them, and leave a lock behind when the disk is full.
        """
        for item in objects:
            oid = item.id.decode()
            path = self.path / "objects" / oid[:2] / oid[2:]
            if not self._is_sound(oid):
                write_into_place(path, item.as_legacy_object())
            elif path.is_file():  # another thread may have written it only now
                sync_folders([path.parent, path.parent.parent])

    def _is_sound(self, oid: str) -> bool:
        try:
            self._object(oid)
        except DamagedError:
            return False
        return True

    # References

    def references(self) -> dict[str, str]:
        """Full name → id of a commit, in the order of the names."""
        with self._damaged_references_named():
            return {
                name.decode(): oid.decode()
                for name, oid in sorted(self.repo.refs.as_dict().items())
                if name.startswith(b"refs/") and _is_id(oid)
            }

    def reference(self, name: str) -> str | None:
        """The commit that a full name leads to, or None. Raises DamagedError if it leads to no commit's id."""
        with self._damaged_references_named():
            found = self.repo.refs.read_ref(Ref(name.encode()))
        if found is None and not (self.path / name).is_file():
            return None
        if not _is_id(found or b""):
            raise DamagedError(f"The reference {name} in {self.path.name}", "Delete it, and make it again.")
        return (found or b"").decode()

    def set_reference(self, name: str, oid: str) -> None:
        """Let a reference lead to a commit. It does when this returns, whatever happens to the machine."""
        write_into_place(self.path / name, f"{oid}\n".encode())

    def remove_reference(self, name: str) -> None:
        with self._damaged_references_named():
            self.repo.refs.remove_if_equals(Ref(name.encode()), None)
        sync_folders([self.path / "refs"])

    def resolve(self, revision: str) -> str | None:
        """The commit that a branch, tag, full reference, commit id or beginning of one means."""
        for name in (revision, f"refs/heads/{revision}", f"refs/tags/{revision}"):
            if name.startswith("refs/") and _safe(name) and (oid := self.reference(name)):
                return oid
        if not re.fullmatch("[0-9a-f]{7,40}", revision):
            return None
        with damage_named(f"The list of Git objects in {self.path.name}"):
            found = list(self.repo.object_store.iter_prefix(revision.encode()))
        if len(found) != 1:
            return None
        return found[0].decode() if isinstance(self._object(found[0].decode()), GitCommit) else None

    def _damaged_references_named(self) -> AbstractContextManager[None]:
        return damage_named(f"The file {self.path.name}/packed-refs", "Take it from a copy.")


def _safe(name: str) -> bool:
    return not re.search(r"\.\.|//|[\x00-\x20\\:?*\[~^]|\.lock$|/$", name) and len(name.encode()) < 256


def _is_id(text: bytes) -> bool:
    return bool(re.fullmatch(b"[0-9a-f]{40}", text)) and set(text) != {ord("0")}


def _tree_of(files: Mapping[str, str], trees: list[ShaFile]) -> Tree:
    tree = Tree()
    below: dict[str, dict[str, str]] = {}
    for path, oid in files.items():
        head, _, rest = path.partition("/")
        if rest:
            below.setdefault(head, {})[rest] = oid
        else:
            tree.add(head.encode(), FILE_MODE, ObjectID(oid.encode()))
    for name, inside in below.items():
        tree.add(name.encode(), FOLDER_MODE, _tree_of(inside, trees).id)
    trees.append(tree)
    return tree
