"""The versions of a repository, and the one to hold on to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from practice_hub.proposals import PROPOSALS
from practice_hub.revisions import BRANCHES, TAGS
from practice_hub.store.git import Commit, GitRepository

LAST_COMMITS = 5


@dataclass(frozen=True)
class Version:
    """A branch, tag or pull request. `name` is what the client calls it."""

    name: str
    kind: str
    commit: Commit


@dataclass(frozen=True)
class Versions:
    """All of them, the last commits of the one that is shown, and what code should name to go on getting the same."""

    named: tuple[Version, ...]
    last: tuple[Commit, ...]
    pin: str

    @property
    def pin_is_tag(self) -> bool:
        return any(version.kind == "tag" and version.name == self.pin for version in self.named)


def versions(git: GitRepository, revision: str, commit: Commit) -> Versions:
    """`revision` is what is shown, and `commit` the commit that it is now."""
    named = tuple(_version(git, name, oid) for name, oid in git.references().items())
    tags = [version for version in named if version.kind == "tag"]
    newest = max(tags, key=lambda tag: (tag.commit.when, tag.name), default=None)
    if revision in {tag.name for tag in tags}:
        pin = revision
    elif revision == "main" and newest:
        pin = newest.name
    else:
        pin = commit.oid
    return Versions(named, tuple(islice(git.log(commit.oid), LAST_COMMITS)), pin)


def _version(git: GitRepository, name: str, oid: str) -> Version:
    for start, kind in ((BRANCHES, "branch"), (TAGS, "tag")):
        if name.startswith(start):
            return Version(name.removeprefix(start), kind, git.commit(oid))
    return Version(name, "pull request" if name.startswith(PROPOSALS) else "reference", git.commit(oid))
