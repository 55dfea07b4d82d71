"""Files, by their path in a version."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from starlette.responses import Response

from practice_hub.api.content import content_response
from practice_hub.api.lfs import file_address
from practice_hub.call import Call
from practice_hub.errors import HubError, bad_request
from practice_hub.routing import Need, Route
from practice_hub.store.git import Commit, Entry
from practice_hub.store.large import BytesContent

# A request for one of these counts as a download: https://huggingface.co/docs/hub/models-download-stats
COUNTED = {"config.json", "config.yaml", "hyperparams.yaml", "params.json", "meta.yaml"}
# The same socket under another name is another origin, to which no client carries its token.
OTHER_ORIGIN = {"127.0.0.1": "localhost", "localhost": "127.0.0.1", "::1": "localhost"}


def resolve(call: Call) -> Response:
    commit = call.commit()
    entry = call.git.files(commit).files.get(call.parts["path"])
    if entry is None:
        return _no_entry(commit)
    if entry.path in COUNTED:
        call.hub.repositories.count_download(call.repository)
    headers = {"X-Repo-Commit": commit.oid, "ETag": f'"{entry.sha256 or entry.oid}"'}
    content = call.hub.descriptions.content(call.repository, call.git, entry)
    if entry.sha256 is None:
        return content_response(call, content, headers, _media_type(content))
    headers |= {"X-Linked-Size": str(entry.size), "X-Linked-ETag": f'"{entry.sha256}"'}
    headers |= _xet_headers(call, commit, entry)
    other = _other_origin(call.base)
    if other is None:
        return content_response(call, content, headers)
    name = entry.path.rpartition("/")[2]
    location = file_address(call, str(entry.sha256), other, name)
    return Response(status_code=302, headers=headers | {"Location": location, "Accept-Ranges": "bytes"})


def _no_entry(commit: Commit) -> Response:
    """The client remembers that a version has no such file, so the answer says which version that is."""
    headers = {
        "X-Repo-Commit": commit.oid,
        "X-Error-Code": "EntryNotFound",
        "X-Error-Message": "Entry not found",
    }
    return Response("Entry not found", 404, headers, "text/plain")


def _other_origin(base: str) -> str | None:
    """Where large files are, so that tokens do not travel there; None if this Hub has one name only."""
    address = urlsplit(base)
    other = OTHER_ORIGIN.get(address.hostname or "")
    return f"{address.scheme}://{other}:{address.port}" if other else None


def _xet_headers(call: Call, commit: Commit, entry: Entry) -> dict[str, str]:
    file = call.hub.xet.by_sha256(str(entry.sha256))
    if file is None:
        return {}
    kinds = f"{call.repository.kind}s"
    refresh = f"{call.base}/api/{kinds}/{call.repository.full_name}/xet-read-token/{commit.oid}"
    return {"X-Xet-Hash": file.hash, "Link": f'<{refresh}>; rel="xet-auth"'}


def _media_type(content: object) -> str:
    data = content.data if isinstance(content, BytesContent) else b"\0"
    try:
        data.decode()
    except UnicodeDecodeError:
        return "application/octet-stream"
    return "application/octet-stream" if b"\0" in data else "text/plain; charset=utf-8"


def raw(call: Call) -> Response:
    """A file as Git has it: for a large file that is its pointer."""
    commit = call.commit()
    entry = call.git.files(commit).files.get(call.parts["path"])
    if entry is None:
        return _no_entry(commit)
    content = BytesContent(call.git.blob(entry.oid))
    headers = {"X-Repo-Commit": commit.oid, "ETag": f'"{entry.oid}"'}
    return content_response(call, content, headers, _media_type(content))


def large_file(call: Call) -> Response:
    """A large file, for those who have a ticket."""
    ticket = call.hub.signer.read("file", call.query.get("ticket", ""))
    if call.headers.get("authorization"):  # as the real Hub's store, which takes one way to be allowed in
        raise bad_request("The address itself is the permission: do not send a token here.")
    content = call.hub.large.content(ticket["sha256"])
    if content is None or ticket["sha256"] != call.parts["sha256"]:
        raise HubError(404, "This file is not on this Hub any more.", "EntryNotFound")
    headers = {"ETag": f'"{ticket["sha256"]}"'}
    if ticket["name"]:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(ticket['name'])}"
    return content_response(call, content, headers)


ROUTES = (
    Route("GET", "{web}/{repo}/resolve/{revision}/{path*}", resolve, Need.FILES),
    Route("GET", "{web}/{repo}/raw/{revision}/{path*}", raw, Need.FILES),
    Route("GET", "/_files/{sha256}", large_file),
)
