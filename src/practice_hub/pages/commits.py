"""The history of a version, and what one commit changed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from starlette.responses import Response

from practice_hub.call import Call
from practice_hub.pages.page import go_to, link, page, shows
from practice_hub.proposals import PROPOSALS
from practice_hub.revisions import find_revision
from practice_hub.routing import Need
from practice_hub.store.git import Commit, Files, GitRepository

PAGE = 50
MOST_CHANGES = 500


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit did to a file: `added`, `changed` or `deleted`. `size` is the file's after it, in bytes."""

    path: str
    what: str
    size: int


def commits(call: Call) -> Response:
    revision = call.parts["revision"]
    start = call.whole("skip", 0, 10**9)
    history = call.git.log(find_revision(call.git, revision).oid)
    found = list(islice(history, start, start + PAGE + 1))
    return page(
        call,
        "commits.html",
        repository=call.repository,
        revision=revision,
        commits=found[:PAGE],
        earlier=f"?skip={start + PAGE}" if len(found) > PAGE else "",
    )


def commit(call: Call) -> Response:
    """What one commit changed, compared with the one before it. Uploads print its address."""
    made = find_revision(call.git, call.parts["revision"])
    changes = changes_of(call.git, made)
    return page(
        call,
        "commit.html",
        repository=call.repository,
        commit=made,
        changes=changes[:MOST_CHANGES],
        more_changes=max(len(changes) - MOST_CHANGES, 0),
    )


def changes_of(git: GitRepository, made: Commit) -> tuple[Change, ...]:
    """Sorted by path. A large file is changed where its pointer is."""
    before = git.files(git.commit(made.parents[0])).files if made.parents else Files().files
    after = git.files(made).files
    kept = [
        Change(path, "changed" if path in before else "added", entry.size)
        for path, entry in after.items()
        if path not in before or before[path].oid != entry.oid
    ]
    deleted = [Change(path, "deleted", 0) for path in before if path not in after]
    return tuple(sorted([*kept, *deleted], key=lambda change: change.path))


def proposal(call: Call) -> Response:
    """A pull request has no page of its own: its files are shown. Uploads print this address, too."""
    reference = f"{PROPOSALS}{call.parts['number']}"
    find_revision(call.git, reference)
    return go_to(link(call.repository, "tree", reference))


ROUTES = (
    shows("{web}/{repo}/commits/{revision}", commits, Need.SEE),
    shows("{web}/{repo}/commit/{revision}", commit, Need.SEE),
    shows("{web}/{repo}/discussions/{number#}", proposal, Need.SEE),
)
