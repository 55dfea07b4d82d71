"""What the Hub says about a version of a repository: its card, its tags, its files, its weights."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from math import prod
from typing import Any

from practice_hub.cards.metadata import Card, plain, read_card
from practice_hub.cards.tags import tags_of
from practice_hub.errors import HubError
from practice_hub.large_files import LargeStorage
from practice_hub.repositories import Repository
from practice_hub.store.git import Commit, Entry, GitRepository
from practice_hub.store.large import BytesContent, Content

LONGEST_CARD = 1 << 20
LONGEST_SAFETENSORS_HEADER = 100_000_000  # as in the format's own reader
MOST_DIMENSIONS = 64
REMEMBERED = 512
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
"""A part of a sign beyond U+FFFF, as JSON may write it. The format's own writer does not."""


@dataclass(frozen=True)
class Description:
    """One version, described. `parameters`: data type → how many numbers of it the weights hold."""

    repository_id: int
    commit: Commit
    entries: tuple[Entry, ...]
    card: Card
    tags: tuple[str, ...]
    config: dict[str, Any] = field(default_factory=dict)
    parameters: dict[str, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Of all files, in bytes."""
        return sum(entry.size for entry in self.entries)


class Descriptions:
    """Describes versions. They do not change, so the last ones are remembered."""

    def __init__(self, large: LargeStorage) -> None:
        self.large = large
        self._known: dict[tuple[int, str], Description] = {}

    def describe(self, repository: Repository, git: GitRepository, commit: Commit) -> Description:
        key = (repository.id, commit.oid)
        if known := self._known.get(key):
            return known
        described = self._describe(repository, git, commit)
        if len(self._known) > REMEMBERED:
            self._known.clear()
        self._known[key] = described
        return described

    def _describe(self, repository: Repository, git: GitRepository, commit: Commit) -> Description:
        files = git.files(commit).files
        card = Card()
        if (readme := files.get("README.md")) and not readme.sha256 and readme.size <= LONGEST_CARD:
            card = read_card(git.blob(readme.oid).decode("utf-8", "replace"))
        return Description(
            repository.id,
            commit,
            tuple(files.values()),
            card,
            tuple(tags_of(card.metadata, files, repository.kind)),
            _config(git, files.get("config.json")),
            self._parameters(repository, git, tuple(files.values())),
        )

    def content(self, repository: Repository, git: GitRepository, entry: Entry) -> Content:
        """A file's bytes. Raises HubError: 404 if it is a pointer to a file that was never uploaded here."""
        if entry.sha256 is None:
            return BytesContent(git.blob(entry.oid))
        content = self.large.content(entry.sha256) if self.large.has(repository, entry.sha256) else None
        if content is None:
            raise HubError(404, f"The large file {entry.path} is not on this Hub.", "EntryNotFound")
        return content

    def _parameters(
        self, repository: Repository, git: GitRepository, entries: tuple[Entry, ...]
    ) -> dict[str, int]:
        weights = [
            entry for entry in entries if "/" not in entry.path and entry.path.endswith(".safetensors")
        ]
        whole = [entry for entry in weights if entry.path == "model.safetensors"]
        counts: dict[str, int] = {}
        for entry in whole or weights:
            try:
                header = safetensors_header(self.content(repository, git, entry))
            except HubError:
                continue  # whoever asks for the file is told
            for tensor in header.values():
                if "dtype" in tensor:
                    counts[tensor["dtype"]] = counts.get(tensor["dtype"], 0) + prod(tensor["shape"])
        return counts


def safetensors_header(content: Content) -> dict[str, Any]:
    """The names, types and shapes in a safetensors file; empty if it is none.

    The format: https://huggingface.co/docs/safetensors
    """
    length = int.from_bytes(b"".join(content.read(0, min(8, content.size))), "little")
    if not 2 <= length <= min(content.size - 8, LONGEST_SAFETENSORS_HEADER):
        return {}
    raw = b"".join(content.read(8, 8 + length))
    if _HALF.search(raw):
        return {}
    try:
        header = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return header if isinstance(header, dict) and all(_is_tensor(*item) for item in header.items()) else {}


def _is_tensor(name: str, tensor: Any) -> bool:
    if not isinstance(tensor, dict):
        return False
    if name == "__metadata__":
        return all(isinstance(value, str) for value in tensor.values())
    shape, offsets = tensor.get("shape"), tensor.get("data_offsets", [])
    return (
        tensor.keys() <= {"dtype", "shape", "data_offsets"}
        and isinstance(tensor.get("dtype"), str)
        and _are_sizes(shape)
        and _are_sizes(offsets)
        and prod(tensor["shape"]) < 1 << 48
    )


def _are_sizes(values: Any) -> bool:
    return (
        isinstance(values, list)
        and len(values) <= MOST_DIMENSIONS
        and all(isinstance(value, int) and 0 <= value < 1 << 48 for value in values)
    )


def _config(git: GitRepository, entry: Entry | None) -> dict[str, Any]:
    """What the Hub shows of config.json."""
    if entry is None or entry.sha256 or entry.size > LONGEST_CARD:
        return {}
    try:
        data = json.loads(git.blob(entry.oid))
        shown = ("architectures", "model_type")
        found = {key: data[key] for key in shown if key in data} if isinstance(data, dict) else {}
        return {key: plain(value) for key, value in found.items()}
    except (ValueError, RecursionError):
        return {}
