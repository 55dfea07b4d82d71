"""Commits: changes of files, put on top of the newest version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from practice_hub.errors import bad_request, no_entry
from practice_hub.revisions import check_parent, find_revision, target_reference
from practice_hub.store.git import Commit, GitRepository


@dataclass(frozen=True, slots=True)
class AddFile:
    """Put a file here, or another content into it. `oid` is that of a stored blob."""

    path: str
    oid: str


@dataclass(frozen=True, slots=True)
class DeleteFile:
    """Take away a file."""

    path: str


@dataclass(frozen=True, slots=True)
class DeleteFolder:
    """Take away all files of a folder."""

    path: str


Change = AddFile | DeleteFile | DeleteFolder


@dataclass(frozen=True)
class Draft:
    """What is to be committed. `parent` is the version that it was made for, if that matters."""

    changes: tuple[Change, ...]
    message: str
    author: str
    when: int
    parent: str = ""


def commit(git: GitRepository, revision: str, draft: Draft) -> Commit:
    """Put changes on top of a branch's newest version. When this returns, the commit is durable.

    What leaves everything as it is, is no new commit: so a client that asks again makes none twice.
    Raises HubError: 404 if the branch or a file to delete is not there, 412 if the parent is not the newest.
    """
    with git.lock:
        name = target_reference(git, revision)
        made = add_commit(git, name, draft)
        git.set_reference(name, made.oid)
    return made


def add_commit(git: GitRepository, name: str, draft: Draft) -> Commit:
    """Store a commit on top of the newest version. The reference stays where it is. The caller holds the lock."""
    tip = find_revision(git, name)
    if draft.parent:
        check_parent(tip, draft.parent)
    before = {path: entry.oid for path, entry in git.files(tip).files.items()}
    files = dict(before)
    apply(draft.changes, files)
    if files == before and draft.changes:
        return tip
    return git.add_commit(files, draft.message, draft.author, draft.when, (tip.oid,))


def apply(changes: Iterable[Change], files: dict[str, str]) -> None:
    """Change a version's files (path → id of the content), in the order of the changes.

    Raises HubError: 404 if there is nothing to delete, 400 if a path would be a file and a folder.
    """
    for change in changes:
        match change:
            case AddFile(path, oid):
                files[path] = oid
            case DeleteFile(path):
                if files.pop(path, None) is None:
                    raise no_entry(f"A file with this name doesn't exist: {path}")
            case DeleteFolder(path):
                inside = [name for name in files if name.startswith(path.rstrip("/") + "/")]
                if not inside:
                    raise no_entry(f"A folder with this name doesn't exist: {path}")
                for name in inside:
                    del files[name]
    _check_folders(files)


def _check_folders(files: dict[str, str]) -> None:
    for path in files:
        folder = path.rpartition("/")[0]
        while folder:
            if folder in files:
                raise bad_request(f"{folder} is a file, so there cannot be {path}. Delete the file first.")
            folder = folder.rpartition("/")[0]
