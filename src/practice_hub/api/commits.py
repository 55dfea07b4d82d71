"""Uploading: first asking which files are large, then committing."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from fnmatch import fnmatch
from typing import Any

from practice_hub.call import Call, Fields
from practice_hub.cards.metadata import read_card
from practice_hub.commits import AddFile, Change, DeleteFile, DeleteFolder, Draft, add_commit, commit
from practice_hub.errors import HubError, bad_request, too_large
from practice_hub.ignored import is_ignored, read_patterns
from practice_hub.limits import readable
from practice_hub.names import check_path
from practice_hub.revisions import target_reference
from practice_hub.routing import Body, Need, Route
from practice_hub.store.git import Commit, Entry, Files, pointer_to


def check_may_change(call: Call) -> None:
    """Everybody may propose, and add to an own proposal; else it takes the right to write."""
    as_pull_request = "create_pr" in call.query
    author = call.hub.proposals.author(call.repository, call.parts.get("revision", ""))
    own = author == call.user.account.name
    if not as_pull_request and not own:
        call.hub.access.check_write(call.user, call.repository, may_propose=True)


def preupload(call: Call) -> dict[str, Any]:
    """Which of these files are large, which are to be ignored, and what is there already."""
    check_may_change(call)
    data = call.json()
    version = call.commit()
    files = call.git.files(version)
    patterns = _large_patterns(call, files)
    ignored = read_patterns(data.text("gitIgnore", ""))
    answers = []
    for item in data.items("files"):
        path = item.text("path")
        check_path(path)
        known = files.files.get(path)
        large = _is_large(call, item, patterns)
        answers.append(
            {
                "path": path,
                "uploadMode": "lfs" if large else "regular",
                "shouldIgnore": is_ignored(path, ignored),
                "oid": (known.sha256 or known.oid) if known and _is_whole(call, known) else None,
            }
        )
    return {"files": answers, "commitOid": version.oid}


def _is_whole(call: Call, entry: Entry) -> bool:
    """Whether a file can be served. If not, the client must not leave it out as one that is here already."""
    try:
        call.hub.descriptions.content(call.repository, call.git, entry)
    except HubError:
        return False
    return True


def _large_patterns(call: Call, files: Files) -> list[str]:
    """What .gitattributes says to keep as large files."""
    entry = files.files.get(".gitattributes")
    if entry is None or entry.sha256:
        return []
    lines = [line.split() for line in call.git.blob(entry.oid).decode("utf-8", "replace").splitlines()]
    return [words[0] for words in lines if "filter=lfs" in words[1:]]


def _is_large(call: Call, item: Fields, patterns: list[str]) -> bool:
    """By name, by size, or because it holds a zero byte, as no text does. The real Hub's rule is not published."""
    path, size = item.text("path"), item.number("size")
    call.hub.limits.check_large_file(path, size)
    name = path.rpartition("/")[2]
    if size > call.hub.limits.regular_file or any(fnmatch(path if "/" in p else name, p) for p in patterns):
        return size > 0
    return b"\0" in _decoded(item.text("sample", ""))


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except ValueError:
        raise bad_request("The content is not base64.") from None


def make_commit(call: Call) -> dict[str, Any]:
    check_may_change(call)
    header: Fields | None = None
    changes: list[Change] = []
    large: list[tuple[str, str]] = []
    for key, value in _lines(call):
        if key == "header":
            header = value
        else:
            changes.append(_change(call, key, value))
            large += [(value.text("path"), value.text("oid"))] if key == "lfsFile" else []
    if header is None:
        raise bad_request("The commit has no header.")
    title, description = header.text("summary"), header.text("description", "")
    message = title + (f"\n\n{description}" if description else "")
    author, when = call.user.account, call.hub.clock()
    draft = Draft(tuple(changes), message, author.name, when, header.text("parentCommit", ""))
    with call.git.lock:
        for (
            path,
            sha256,
        ) in large:  # deleted for good since it was looked at? From here on, nobody can do that
            _pointer(call, path, sha256)
        if "create_pr" in call.query:
            return _propose(call, draft, title, description)
        return _committed(call, commit(call.git, call.parts["revision"], draft))


def _propose(call: Call, draft: Draft, title: str, description: str) -> dict[str, Any]:
    """Open a pull request. The caller holds the lock."""
    made = add_commit(call.git, target_reference(call.git, call.parts["revision"]), draft)
    opened = call.hub.proposals.open(
        call.repository,
        call.git,
        commit=made.oid,
        author=call.user.account.id,
        title=title,
        description=description,
        when=draft.when,
    )
    page = f"{call.base}{call.repository.web_path}/discussions/{opened.number}"
    return _committed(call, made) | {"pullRequestUrl": page}


def _committed(call: Call, made: Commit) -> dict[str, Any]:
    page = f"{call.base}{call.repository.web_path}/commit/{made.oid}"
    return {"success": True, "commitOid": made.oid, "commitUrl": page, "hookOutput": ""}


def _lines(call: Call) -> Iterator[tuple[str, Fields]]:
    """The lines of a commit: each a JSON object with `key` and `value`."""
    if call.received.file is None:
        return
    longest = call.hub.limits.regular_file * 3 // 2 + 10_000  # base64, and a path
    with call.received.file.open("rb") as file:
        while line := file.readline(longest):
            if line.strip():
                try:
                    item = Fields(json.loads(line))
                except (ValueError, RecursionError):
                    raise bad_request("A line of the commit is not JSON, or is too long.") from None
                yield item.text("key"), item.inside("value")


def _change(call: Call, key: str, value: Fields) -> Change:
    path = value.text("path")
    match key:
        case "file":
            check_path(path)
            return AddFile(path, call.git.add_blob(_checked_content(call, path, value)))
        case "lfsFile":
            check_path(path)
            return AddFile(path, call.git.add_blob(_pointer(call, path, value.text("oid"))))
        case "deletedFile":
            return DeleteFile(path)
        case "deletedFolder":
            return DeleteFolder(path)
    raise bad_request(f"A commit cannot hold {key!r}.")


def _checked_content(call: Call, path: str, value: Fields) -> bytes:
    text = value.text("content")
    data = _decoded(text) if value.text("encoding", "utf-8") == "base64" else text.encode("utf-8", "replace")
    most = call.hub.limits.regular_file
    if len(data) > most:
        raise too_large(
            f"{path} has {readable(len(data))}; only large files (LFS) may have over {readable(most)}."
        )
    if path == "README.md" and (errors := read_card(data.decode("utf-8", "replace")).errors):
        raise bad_request("Invalid metadata in README.md: " + "; ".join(errors))
    return data


def _pointer(call: Call, path: str, sha256: str) -> bytes:
    size = call.hub.large.size(sha256) if call.hub.large.has(call.repository, sha256) else None
    if size is None:
        raise HubError(400, f"The large file {path} ({sha256}) was not uploaded to this repository.")
    return pointer_to(sha256, size)


ROUTES = (
    Route("POST", "/api/{kinds}/{repo}/preupload/{revision}", preupload, Need.PROPOSE, Body.BYTES),
    Route(
        "POST",
        "/api/{kinds}/{repo}/commit/{revision}",
        make_commit,
        Need.PROPOSE,
        Body.FILE,
        lambda limits: limits.commit,
    ),
)
