"""Putting repositories into a Hub, without a client."""

from __future__ import annotations

from collections.abc import Mapping

from practice_hub.commits import AddFile, Draft, commit
from practice_hub.hub import Hub
from practice_hub.repositories import Gate, Repository
from practice_hub.revisions import create_branch, create_tag

NOON = 1_767_225_600  # 1 January 2026


def fill(
    hub: Hub,
    full_name: str,
    files: Mapping[str, bytes],
    *,
    kind: str = "model",
    private: bool = False,
    gated: Gate = "",
    tag: str = "",
    branch: str = "main",
) -> Repository:
    """Make a repository if it is not there, and commit these files to a branch of it."""
    owner, _, name = full_name.partition("/")
    account = hub.accounts.find(owner) or hub.accounts.add_user(owner)
    repository = hub.repositories.find(kind, full_name)
    if repository is None:
        repository = hub.repositories.create(account, kind, name, owner, private=private)
        hub.repositories.set_gate(repository, gated)
    git = hub.repositories.git(repository)
    if git.resolve(branch) is None:
        create_branch(git, branch, "main")
    if files:
        changes = tuple(AddFile(path, git.add_blob(data)) for path, data in files.items())
        commit(git, branch, Draft(changes, f"Add {len(files)} files", owner, NOON))
    if tag:
        create_tag(git, tag, branch)
    return repository
