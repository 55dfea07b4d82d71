"""Files that run code when they are loaded: pickles.

Python's own warning: https://docs.python.org/3/library/pickle.html
"""

from __future__ import annotations

from collections.abc import Iterable

from practice_hub.descriptions import Descriptions
from practice_hub.errors import HubError
from practice_hub.repositories import Repository
from practice_hub.store.git import Entry, GitRepository

ALWAYS = (".pkl", ".pickle", ".joblib", ".dill", ".cloudpickle")
OFTEN = (".bin", ".pt", ".pth", ".ckpt", ".th")
"""Endings of PyTorch's files, which are pickles, and of other files, which are not."""
_START = 512
_LARGEST = 1_000_000_000
"""Bytes of a file that is looked into; looking into a large one reads all of it, to see whether it is undamaged."""


def pickles(
    descriptions: Descriptions, repository: Repository, git: GitRepository, entries: Iterable[Entry]
) -> frozenset[str]:
    """The paths of those files that are pickles, or may be."""
    return frozenset(
        entry.path
        for entry in entries
        if entry.path.lower().endswith(ALWAYS)
        or (entry.path.lower().endswith(OFTEN) and _may_be(descriptions, repository, git, entry))
    )


def _may_be(descriptions: Descriptions, repository: Repository, git: GitRepository, entry: Entry) -> bool:
    if entry.size > _LARGEST:
        return True
    try:
        content = descriptions.content(repository, git, entry)
        return is_pickle(b"".join(content.read(0, min(_START, content.size))))
    except HubError:
        return True


def is_pickle(start: bytes) -> bool:
    """Whether a file that begins so is a pickle, or one of PyTorch's archives, which hold one."""
    protocol = start[:1] == b"\x80" and start[1:2] in {b"\x02", b"\x03", b"\x04", b"\x05"}
    return protocol or (start.startswith(b"PK\x03\x04") and b"data.pkl" in start)
