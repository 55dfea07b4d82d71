"""How repositories and files look in answers."""

from __future__ import annotations

from typing import Any

from practice_hub.api.accounts import public_id
from practice_hub.call import Call
from practice_hub.clock import as_text
from practice_hub.descriptions import Description
from practice_hub.repositories import Repository
from practice_hub.store.git import Commit, Entry


def repository_answer(
    repository: Repository, description: Description, *, sizes: bool = False
) -> dict[str, Any]:
    """Everything that the Hub says about a repository. Callers leave out what was not asked for."""
    card, commit = description.card.metadata, description.commit
    answer: dict[str, Any] = {
        "_id": public_id(f"repository {repository.id}"),
        "id": repository.full_name,
        "author": repository.owner,
        "sha": commit.oid,
        "private": repository.private,
        "gated": repository.gated or False,
        "disabled": False,
        "tags": list(description.tags),
        "downloads": repository.downloads,
        "downloadsAllTime": repository.downloads,
        "likes": 0,
        "trendingScore": 0,
        "createdAt": as_text(repository.created),
        "lastModified": as_text(commit.when),
        "cardData": card,
        "siblings": [_sibling(entry, sizes=sizes) for entry in description.entries],
        "usedStorage": description.size,
    }
    if repository.kind == "model":
        answer |= _of_model(repository, description)
    return answer


def _of_model(repository: Repository, description: Description) -> dict[str, Any]:
    card = description.card.metadata
    answer: dict[str, Any] = {"modelId": repository.full_name, "spaces": []}
    answer |= {key: card[key] for key in ("pipeline_tag", "library_name", "model-index") if card.get(key)}
    if description.config:
        answer["config"] = description.config
    if description.parameters:
        answer["safetensors"] = {
            "parameters": description.parameters,
            "total": sum(description.parameters.values()),
        }
    return answer


def _sibling(entry: Entry, *, sizes: bool) -> dict[str, Any]:
    answer: dict[str, Any] = {"rfilename": entry.path}
    if sizes:
        answer |= {"size": entry.size, "blobId": entry.oid}
        if entry.sha256:
            answer["lfs"] = {"sha256": entry.sha256, "size": entry.size, "pointerSize": entry.pointer_size}
    return answer


def file_answer(call: Call, entry: Entry, changed: Commit | None) -> dict[str, Any]:
    """A file in a list of files. `changed` is the last commit that changed it, if that was asked for."""
    answer: dict[str, Any] = {"type": "file", "oid": entry.oid, "size": entry.size, "path": entry.path}
    if entry.sha256:
        answer["lfs"] = {"oid": entry.sha256, "size": entry.size, "pointerSize": entry.pointer_size}
        if xet_hash := _xet_hash(call, entry.sha256):
            answer["xetHash"] = xet_hash
    return answer | _last_commit(changed)


def _xet_hash(call: Call, sha256: str) -> str | None:
    """Of a file that the caller may read here: a pointer can name any file of the Hub."""
    account, hub = call.login.account if call.login else None, call.hub
    if not hub.large.has(call.repository, sha256) or not hub.access.can_read_files(account, call.repository):
        return None
    file = hub.xet.by_sha256(sha256)
    return file.hash if file else None


def folder_answer(path: str, oid: str, changed: Commit | None) -> dict[str, Any]:
    return {"type": "directory", "oid": oid, "size": 0, "path": path} | _last_commit(changed)


def _last_commit(commit: Commit | None) -> dict[str, Any]:
    if commit is None:
        return {}
    return {"lastCommit": {"id": commit.oid, "title": commit.title, "date": as_text(commit.when)}}
