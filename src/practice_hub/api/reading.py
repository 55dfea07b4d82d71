"""What is in a repository: what the Hub says of it, its files, its weights."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs

from starlette.responses import JSONResponse, Response

from practice_hub.api.answers import file_answer, folder_answer, repository_answer
from practice_hub.call import Call
from practice_hub.descriptions import safetensors_header
from practice_hub.errors import bad_request, no_entry
from practice_hub.routing import Body, Need, Route
from practice_hub.store.git import Commit, Entry, Files, GitRepository

PAGE = 1000
LONGEST_INDEX = 10_000_000


def info(call: Call) -> Response:
    description = call.hub.describe(call.repository, call.parts.get("revision") or "main")
    answer = repository_answer(call.repository, description, sizes=call.flag("blobs"))
    if expand := call.query.getlist("expand"):
        answer = {key: value for key, value in answer.items() if key in {"_id", "id", *expand}}
    return JSONResponse(answer, headers={"X-Repo-Commit": description.commit.oid})


def tree(call: Call) -> Response:
    commit = call.commit()
    files = call.git.files(commit)
    folder = call.parts.get("path", "").strip("/")
    if folder and folder not in files.folders:
        raise no_entry(f"{folder} does not exist on {call.parts['revision']}")
    prefix = f"{folder}/" if folder else ""
    deep = call.flag("recursive")
    paths = [
        path
        for path in (*files.folders, *files.files)
        if path.startswith(prefix) and (deep or "/" not in path[len(prefix) :])
    ]
    page, headers = call.page(paths, PAGE)
    return JSONResponse(_listed(call, commit, page, expand=call.flag("expand")), headers=headers)


def paths_info(call: Call) -> list[Any]:
    commit = call.commit()
    try:
        form = parse_qs(call.received.data.decode(), max_num_fields=10_000)
    except ValueError:
        raise bad_request("A form is expected.") from None
    files = call.git.files(commit)
    asked = dict.fromkeys(path.strip("/") for path in form.get("paths", []))
    known = [path for path in asked if path in files.files or path in files.folders]
    expand = form.get("expand", [""])[0].lower() in {"true", "1"}
    return _listed(call, commit, known, expand=expand)


def _listed(call: Call, commit: Commit, paths: list[str], *, expand: bool) -> list[Any]:
    files = call.git.files(commit)
    changed = last_changes(call.git, commit, paths) if expand else {}
    return [
        file_answer(call, files.files[path], changed.get(path))
        if path in files.files
        else folder_answer(path, files.folders[path], changed.get(path))
        for path in paths
    ]


def last_changes(git: GitRepository, commit: Commit, paths: Iterable[str]) -> dict[str, Commit]:
    """Path of a file or folder → the last commit that changed it."""
    found: dict[str, Commit] = {}
    left = set(paths)
    for version in git.log(commit.oid):
        if not left:
            break
        here = git.files(version)
        before = git.files(git.commit(version.parents[0])) if version.parents else Files()
        for path in [path for path in left if _oid(here, path) != _oid(before, path)]:
            found[path] = version
            left.remove(path)
    return found


def _oid(files: Files, path: str) -> str | None:
    entry = files.files.get(path)
    return entry.oid if entry else files.folders.get(path)


def safetensors_metadata(call: Call) -> dict[str, Any]:
    """The headers of all files that an index of weights names, in one answer."""
    files = call.git.files(call.commit()).files
    name = call.parts["path"]
    index = _json_file(call, files.get(name))
    shards = index.get("weight_map")
    if not isinstance(shards, dict):
        raise bad_request(f"{name} is no index of safetensors files.")
    folder = name.rpartition("/")[0]
    headers = {}
    for shard in dict.fromkeys(map(str, shards.values())):
        entry = files.get(f"{folder}/{shard}" if folder else shard)
        if entry is None:
            raise no_entry(f"{shard} does not exist, but {name} names it.")
        headers[shard] = safetensors_header(call.hub.descriptions.content(call.repository, call.git, entry))
    return {"index": {key: value for key, value in index.items() if key != "weight_map"}, "headers": headers}


def _json_file(call: Call, entry: Entry | None) -> dict[str, Any]:
    if entry is None:
        raise no_entry()
    content = call.hub.descriptions.content(call.repository, call.git, entry)
    try:
        data = json.loads(b"".join(content.read(0, min(content.size, LONGEST_INDEX))))
    except (ValueError, RecursionError):
        data = {}
    return data if isinstance(data, dict) else {}


ROUTES = (
    Route("GET", "/api/{kinds}/{repo}", info, Need.SEE),
    Route("GET", "/api/{kinds}/{repo}/revision/{revision}", info, Need.SEE),
    Route("GET", "/api/{kinds}/{repo}/tree/{revision}", tree, Need.SEE),
    Route("GET", "/api/{kinds}/{repo}/tree/{revision}/{path*}", tree, Need.SEE),
    Route("POST", "/api/{kinds}/{repo}/paths-info/{revision}", paths_info, Need.SEE, Body.BYTES),
    Route("GET", "/api/{kinds}/{repo}/safetensors-metadata/{path*}", safetensors_metadata, Need.FILES),
)
