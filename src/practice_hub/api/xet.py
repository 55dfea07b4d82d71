"""Large files by the Xet protocol: keys for the store, xorbs, shards, reconstructions.

https://github.com/huggingface/xet-core/blob/main/spec/api.md
"""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from practice_hub.accounts import Account
from practice_hub.api.commits import check_may_change
from practice_hub.api.content import asked_range, content_response
from practice_hub.call import Call
from practice_hub.errors import HubError, bad_request
from practice_hub.repositories import Repository
from practice_hub.routing import Body, Need, Route
from practice_hub.signing import LIFETIME
from practice_hub.store.large import FileContent
from practice_hub.xet.files import Reconstruction, XetFile
from practice_hub.xet.shards import Term

STORE = "/_xet"


def read_key(call: Call) -> Response:
    return _key(call, "read")


def write_key(call: Call) -> Response:
    check_may_change(call)
    return _key(call, "write")


def _key(call: Call, scope: str) -> Response:
    """A key to the store: for one user and one repository, to read or to write.

    It holds names: the client keeps keys by a repository's name, also if that was deleted and made again.
    """
    user = call.login.account.name if call.login else ""
    names = {"kind": call.repository.kind, "repository": call.repository.full_name, "user": user}
    key = call.hub.signer.sign("xet", scope=scope, **names)
    until, address = call.hub.signer.read("xet", key)["until"], call.base + STORE
    headers = {
        "X-Xet-Access-Token": key,
        "X-Xet-Token-Expiration": str(until),
        "X-Xet-Cas-Url": address,
        "Cache-Control": f"private, max-age={LIFETIME // 2}",
    }
    return JSONResponse({"accessToken": key, "exp": until, "casUrl": address}, headers=headers)


def _opened(call: Call, scope: str) -> tuple[Repository, Account | None]:
    """The repository and the user that the caller's key is for, if that user may still read it.

    Raises HubError (401, 403, 404).
    """
    key = call.headers.get("authorization", "").removeprefix("Bearer ")
    if not key:
        raise HubError(401, "The Xet store needs a key.")
    fields = call.hub.signer.read("xet", key)
    if fields["scope"] not in {scope, "write"}:
        raise HubError(403, "This key of the Xet store is only for reading.")
    repository = call.hub.repositories.find(fields["kind"], fields["repository"])
    user, access = call.hub.accounts.find(fields["user"]), call.hub.access
    allowed = access.can_see if scope == "write" else access.can_read_files
    if repository is None or not allowed(user, repository):
        raise HubError(404, "This repository is not here.")
    return repository, user


def _writer(call: Call) -> tuple[Repository, Account]:
    """The repository and the user of a key that is for writing: those are given to users alone."""
    repository, user = _opened(call, "write")
    if user is None:
        raise HubError(404, "This account is not here.")
    return repository, user


def not_here(call: Call) -> Response:
    """The client asks for chunks that others uploaded, and for newer ways to upload; it goes on without them."""
    raise HubError(404, "not here")


def put_xorb(call: Call) -> dict[str, Any]:
    _, user = _writer(call)
    if call.received.file is None:
        raise bad_request("A xorb is expected.")
    return {"was_inserted": call.hub.xet.add_xorb(call.received.file, _hash(call), user.id)}


def _hash(call: Call) -> str:
    text = call.parts["hash"]
    if len(text) != 64 or not set(text) <= set("0123456789abcdef"):
        raise bad_request("A hash has 64 hexadecimal digits.")
    return text


def put_shard(call: Call) -> dict[str, Any]:
    repository, user = _writer(call)
    for file in call.hub.xet.add_shard(call.received.data, call.hub.sender(user)):
        call.hub.limits.check_large_file(f"A file ({file.sha256[:8]}…)", file.size)
        call.hub.large.give(repository.id, file.sha256)
    return {"result": 1}


def _planned(call: Call) -> tuple[XetFile, Reconstruction]:
    repository, _ = _opened(call, "read")
    file = call.hub.xet.by_hash(_hash(call))
    if file is None or not call.hub.large.has(repository, file.sha256):
        raise HubError(404, "This file is not here.")
    start, stop = asked_range(call.headers.get("range"), file.size) or (0, file.size)
    return file, call.hub.xet.reconstruction(file, start, stop)


def reconstruction_v1(call: Call) -> dict[str, Any]:
    _, plan = _planned(call)
    places: dict[str, list[Any]] = {}
    for term in plan.terms:
        place = {"range": _chunks(term), "url": _xorb_address(call, term), "url_range": _bytes(call, term)}
        places.setdefault(term.xorb, []).append(place)
    return _plan(plan) | {"fetch_info": places}


def reconstruction_v2(call: Call) -> dict[str, Any]:
    _, plan = _planned(call)
    places: dict[str, list[Any]] = {}
    for term in plan.terms:
        ranges = [{"chunks": _chunks(term), "bytes": _bytes(call, term)}]
        places.setdefault(term.xorb, []).append({"url": _xorb_address(call, term), "ranges": ranges})
    return _plan(plan) | {"xorbs": places}


def _plan(plan: Reconstruction) -> dict[str, Any]:
    terms = [{"hash": t.xorb, "unpacked_length": t.size, "range": _chunks(t)} for t in plan.terms]
    return {"offset_into_first_range": plan.skip, "terms": terms}


def _chunks(term: Term) -> dict[str, int]:
    return {"start": term.first, "end": term.last}


def _bytes(call: Call, term: Term) -> dict[str, int]:
    """Where a run of chunks lies in its xorb. The last byte is included, as in HTTP."""
    chunks = call.hub.xet.xorbs.chunks(term.xorb)
    return {"start": chunks[term.first].start, "end": chunks[term.last - 1].stop - 1}


def _xorb_address(call: Call, term: Term) -> str:
    ticket = call.hub.signer.sign("xorb", xorb=term.xorb, **_bytes(call, term))
    return f"{call.base}{STORE}/xorbs/{term.xorb}?ticket={ticket}"


def get_xorb(call: Call) -> Response:
    """A range of a xorb, for those who have a ticket for it. Elsewhere in a xorb may be files of others.

    https://huggingface.co/docs/xet/download-protocol: without a range, or with another one, it is refused.
    """
    ticket = call.hub.signer.read("xorb", call.query.get("ticket", ""))
    xorbs = call.hub.xet.xorbs
    xorbs.chunks(ticket["xorb"])  # is it undamaged?
    content = FileContent(xorbs.path(ticket["xorb"]))
    start, stop = asked_range(call.headers.get("range"), content.size) or (0, content.size)
    if start < ticket["start"] or stop - 1 > ticket["end"]:
        raise HubError(403, f"This address is for bytes {ticket['start']} to {ticket['end']} only.")
    return content_response(call, content, {})


def telemetry(call: Call) -> dict[str, Any]:
    """Thrown away."""
    return {}


ROUTES = (
    Route("GET", "/api/{kinds}/{repo}/xet-read-token/{revision}", read_key, Need.FILES),
    Route("GET", "/api/{kinds}/{repo}/xet-write-token/{revision}", write_key, Need.PROPOSE),
    Route("GET", f"{STORE}/v1/chunks/{{prefix}}/{{hash}}", not_here),
    Route("POST", f"{STORE}/v1/xorb-grants/{{prefix}}/{{hash}}", not_here),
    Route("POST", f"{STORE}/v2/shards", not_here),
    Route(
        "POST",
        f"{STORE}/v1/xorbs/{{prefix}}/{{hash}}",
        put_xorb,
        body=Body.FILE,
        limit=lambda limits: limits.xorb,
        admit=_writer,
    ),
    Route("POST", f"{STORE}/v1/shards", put_shard, body=Body.BYTES, admit=_writer),
    Route("GET", f"{STORE}/v1/reconstructions/{{hash}}", reconstruction_v1),
    Route("GET", f"{STORE}/v2/reconstructions/{{hash}}", reconstruction_v2),
    Route("GET", f"{STORE}/xorbs/{{hash}}", get_xorb),
    Route("POST", f"{STORE}/v1/telemetry", telemetry),
    Route("POST", "/v1/telemetry", telemetry),  # hf_xet 1.8 leaves out the store's path here
)
