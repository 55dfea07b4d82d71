"""Large files by the protocol of git-lfs: whole, or in parts as only the Hub does it.

https://github.com/git-lfs/git-lfs/blob/main/docs/api/batch.md
"""

from __future__ import annotations

import hashlib
import re
import shutil
from math import ceil
from pathlib import Path
from typing import Any

from starlette.responses import JSONResponse, Response

from practice_hub.call import Call, Fields
from practice_hub.errors import HubError, bad_request
from practice_hub.routing import Body, Need, Route
from practice_hub.store.large import sha256_of

MEDIA_TYPE = "application/vnd.git-lfs+json"
SHA256 = re.compile("[0-9a-f]{64}")


def batch(call: Call) -> Response:
    """Where to upload or download each of these files."""
    data = call.json()
    upload = data.text("operation") == "upload"
    if upload:
        call.hub.access.check_propose(call.login, call.repository)
    else:
        call.hub.access.check_read_files(call.login, call.repository, call.base)
    files = data.items("objects")
    largest = max((item.number("size") for item in files), default=0)
    known = data.data.get("transfers")
    in_parts = isinstance(known, list) and "multipart" in known
    parts = upload and in_parts and largest > call.hub.limits.part
    objects = [_upload(call, item, parts=parts) if upload else _download(call, item) for item in files]
    transfer = "multipart" if parts else "basic"
    return JSONResponse({"transfer": transfer, "objects": objects}, media_type=MEDIA_TYPE)


def _download(call: Call, item: Fields) -> dict[str, Any]:
    sha256, size = item.text("oid"), item.number("size")
    if not call.hub.large.has(call.repository, sha256):
        return {"oid": sha256, "size": size, "error": {"code": 404, "message": "It is not on this Hub."}}
    return {
        "oid": sha256,
        "size": size,
        "actions": {"download": {"href": file_address(call, sha256, call.base)}},
    }


def file_address(call: Call, sha256: str, base: str, name: str = "") -> str:
    """An address of a large file that is good for a while, without a token."""
    return f"{base}/_files/{sha256}?ticket={call.hub.signer.sign('file', sha256=sha256, name=name)}"


def _upload(call: Call, item: Fields, *, parts: bool) -> dict[str, Any]:
    sha256, size = item.text("oid"), item.number("size")
    answer: dict[str, Any] = {"oid": sha256, "size": size}
    try:
        call.hub.limits.check_large_file(f"A file ({sha256[:8]}…)", size)
    except HubError as error:
        return answer | {"error": {"code": error.status, "message": error.message}}
    if not SHA256.fullmatch(sha256):
        return answer | {"error": {"code": 422, "message": "The oid must be a SHA-256."}}
    if call.hub.large.has(call.repository, sha256) and call.hub.large.sound_size(sha256) == size:
        return answer  # no actions: it is here
    ticket = call.hub.signer.sign("upload", sha256=sha256, size=size, repository=call.repository.id)
    place = f"{call.base}/_lfs"
    actions: dict[str, Any] = {"verify": {"href": f"{place}/verify?ticket={ticket}"}}
    if parts:
        length = call.hub.limits.part
        count = max(ceil(size / length), 1)
        header = {str(n): f"{place}/part/{n}?ticket={ticket}" for n in range(1, count + 1)}
        actions["upload"] = {
            "href": f"{place}/complete?ticket={ticket}",
            "header": {"chunk_size": str(length), **header},
        }
    else:
        actions["upload"] = {"href": f"{place}/whole?ticket={ticket}"}
    return answer | {"actions": actions}


def _ticket(call: Call) -> dict[str, Any]:
    return call.hub.signer.read("upload", call.query.get("ticket", ""))


def _file(call: Call) -> Path:
    if call.received.file is None:
        raise bad_request("A file is expected.")
    return call.received.file


def put_whole(call: Call) -> Response:
    ticket = _ticket(call)
    call.hub.large.keep(ticket["repository"], _file(call), ticket["sha256"], call.received.sha256)
    return Response(headers={"ETag": f'"{ticket["sha256"]}"'})


def _gathered(call: Call, ticket: dict[str, Any]) -> Path:
    """The file in which the parts come together; it belongs to one ticket."""
    name = hashlib.sha256(call.query["ticket"].encode()).hexdigest()
    return call.hub.folder.incoming / f"parts-{name}"


def put_part(call: Call) -> Response:
    ticket, length = _ticket(call), call.hub.limits.part
    number = int(call.parts["number"])
    start = (number - 1) * length
    if number < 1 or start >= ticket["size"] or call.received.size != min(length, ticket["size"] - start):
        raise bad_request("This is no part of the file that was announced.")
    path = _gathered(call, ticket)
    path.touch()
    with _file(call).open("rb") as source, path.open("rb+") as target:
        target.seek(start)
        shutil.copyfileobj(source, target, 1 << 20)
    return Response(headers={"ETag": f'"{call.received.sha256}"'})


def _has(call: Call, ticket: dict[str, Any]) -> bool:
    """Whether the file of a ticket came to the ticket's repository; nobody is told of others."""
    repository = call.hub.repositories.get(ticket["repository"])
    return repository is not None and call.hub.large.has(repository, ticket["sha256"])


def complete(call: Call) -> dict[str, Any]:
    ticket = _ticket(call)
    path = _gathered(call, ticket)
    if not path.is_file():
        if _has(call, ticket):
            return {}  # asked again
        raise bad_request("No part of this file has come.")
    try:
        call.hub.large.keep(ticket["repository"], path, ticket["sha256"], sha256_of(path))
    except HubError:
        path.unlink(missing_ok=True)
        raise
    return {}


def verify(call: Call) -> dict[str, Any]:
    ticket = _ticket(call)
    size = call.json().number("size")
    if not _has(call, ticket) or call.hub.large.size(ticket["sha256"]) != size:
        raise HubError(422, "The file is not here, or has another size.")
    return {}


ROUTES = (
    Route("POST", "{web}/{repo}/info/lfs/objects/batch", batch, Need.SEE, Body.BYTES),
    Route(
        "PUT", "/_lfs/whole", put_whole, body=Body.FILE, limit=lambda limits: limits.large_file, admit=_ticket
    ),
    Route(
        "PUT",
        "/_lfs/part/{number#}",
        put_part,
        body=Body.FILE,
        limit=lambda limits: limits.part,
        admit=_ticket,
    ),
    Route("POST", "/_lfs/complete", complete, body=Body.BYTES, admit=_ticket),
    Route("POST", "/_lfs/verify", verify, body=Body.BYTES, admit=_ticket),
)
