"""Listing large files, deleting them for good, and giving them to another repository."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from practice_hub.call import Call
from practice_hub.clock import as_text
from practice_hub.errors import no_repository
from practice_hub.routing import Body, Need, Route

PAGE = 1000


def listed(call: Call) -> Response:
    files = call.hub.large.listed(call.repository, call.git)
    page, headers = call.page(files, PAGE)
    answers = [
        {
            "fileOid": file.id,
            "filename": file.path,
            "oid": file.sha256,
            "size": file.size,
            "pushedAt": as_text(file.pushed),
            "ref": file.reference,
        }
        for file in page
    ]
    return JSONResponse(answers, headers=headers)


def delete_for_good(call: Call) -> dict[str, Any]:
    deletions = call.json().inside("deletions")
    call.hub.large.delete_for_good(
        call.repository,
        call.git,
        deletions.texts("sha"),
        rewrite_history=bool(deletions.data.get("rewriteHistory")),
    )
    return {}


def duplicate(call: Call) -> dict[str, Any]:
    """Files of this repository are to be used in another one, without another upload."""
    data = call.json()
    target = data.inside("target")
    other = call.hub.repositories.find(target.text("type", "model"), target.text("name"))
    if other is None:
        raise no_repository(logged_in=True)
    call.hub.access.check_propose(call.user, other)
    failed = []
    for file in data.items("files"):
        sha256 = file.text("sha256")
        if call.hub.large.has(call.repository, sha256):
            call.hub.large.give(other.id, sha256)
        else:
            failed.append({"sha256": sha256, "error": f"It is not in {call.repository.full_name}."})
    return {"failed": failed}


ROUTES = (
    Route("GET", "/api/{kinds}/{repo}/lfs-files", listed, Need.WRITE),
    Route("POST", "/api/{kinds}/{repo}/lfs-files/batch", delete_for_good, Need.WRITE, Body.BYTES),
    Route("POST", "/api/{kinds}/{repo}/lfs-files/duplicate", duplicate, Need.FILES, Body.BYTES),
)
