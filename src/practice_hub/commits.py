"""Commits: changes of files, put on top of the newest version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from practice_hub.errors import bad_request, no_entry
from practice_hub.revisions import PROPOSALS, check_parent, find_revision, new_proposal, target_reference
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
class Proposal:
    """What is to be committed. `parent` is the version that it was made for, if that matters."""

    changes: tuple[Change, ...]
    message: str
    author: str
    when: int
    parent: str | None = None


def commit(
    git: GitRepository, revision: str, proposal: Proposal, *, as_pull_request: bool
) -> tuple[Commit, int | None]:
    """Put changes on top of a branch's newest version, or beside it as a pull request.

    When this returns, the commit is durable. Returns it, and the number of the pull request if it is one.
    Raises HubError: 404 if the branch or a file to delete is not there, 412 if the parent is not the newest.
    """
    with git.lock:
        name = target_reference(git, revision)
        tip = find_revision(git, name)
        if proposal.parent:
            check_parent(tip, proposal.parent)
        files = {path: entry.oid for path, entry in git.files(tip).files.items()}
        apply(proposal.changes, files)
        number = new_proposal(git) if as_pull_request else None
        made = git.add_commit(files, proposal.message, proposal.author, proposal.when, (tip.oid,))
        git.set_reference(f"{PROPOSALS}{number}" if number else name, made.oid)
    return made, number


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
