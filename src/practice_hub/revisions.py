"""Branches, tags and history of a repository."""

from __future__ import annotations

from practice_hub.errors import HubError, bad_request, conflict, forbidden, no_revision
from practice_hub.names import check_reference_name
from practice_hub.proposals import PROPOSALS
from practice_hub.repositories import MAIN
from practice_hub.store.git import Commit, GitRepository

BRANCHES, TAGS = "refs/heads/", "refs/tags/"


def find_revision(git: GitRepository, revision: str) -> Commit:
    """The version that a branch, tag, reference or commit id means. Raises HubError (404) if none does."""
    oid = git.resolve(revision)
    if oid is None:
        raise no_revision(revision)
    return git.commit(oid)


def target_reference(git: GitRepository, revision: str) -> str:
    """The reference that a commit to this revision moves. Raises HubError (404) if it is none that can move."""
    name = revision if revision.startswith("refs/") else BRANCHES + revision
    if not name.startswith((BRANCHES, PROPOSALS)) or git.resolve(name) is None:
        raise no_revision(revision)
    return name


def create_branch(git: GitRepository, name: str, start: str) -> None:
    check_reference_name(name, "branch")
    _create(git, BRANCHES + name, find_revision(git, start).oid)


def create_tag(git: GitRepository, name: str, revision: str) -> None:
    check_reference_name(name, "tag")
    _create(git, TAGS + name, find_revision(git, revision).oid)


def _create(git: GitRepository, name: str, oid: str) -> None:
    with git.lock:
        others = git.references()
        if name in others:
            raise conflict(f"Reference {name} already exists")
        for other in others:  # Git keeps them as files and folders
            if other.startswith(f"{name}/") or name.startswith(f"{other}/"):
                raise conflict(f"Reference {name} cannot exist beside {other}")
        git.set_reference(name, oid)


def delete_branch(git: GitRepository, name: str) -> None:
    if BRANCHES + name == MAIN:
        raise forbidden("Cannot delete the default branch")
    _delete(git, BRANCHES, name)


def delete_tag(git: GitRepository, name: str) -> None:
    _delete(git, TAGS, name)


def _delete(git: GitRepository, place: str, name: str) -> None:
    with git.lock:
        if git.resolve(place + name) is None:
            raise no_revision(name)
        git.remove_reference(place + name)


def squash(git: GitRepository, branch: str, message: str, author: str, when: int) -> Commit:
    """Replace a branch's history by one commit with the files that it has now."""
    if not message.strip():
        raise bad_request("A message is needed.")
    with git.lock:
        name = target_reference(git, branch)
        tip = find_revision(git, name)
        files = {path: entry.oid for path, entry in git.files(tip).files.items()}
        commit = git.add_commit(files, message, author, when, ())
        git.set_reference(name, commit.oid)
    return commit


def check_parent(tip: Commit, parent: str) -> None:
    """Raises HubError (412) if the version that a change was made for is not the newest any more."""
    if len(parent) < 7 or not tip.oid.startswith(parent):
        raise HubError(
            412, "The branch was updated since you opened this page. Please refresh and try again."
        )
