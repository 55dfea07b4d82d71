"""`git clone`, by Git's "smart" protocol over HTTP. Dulwich does the talking.

https://git-scm.com/docs/http-protocol
"""

from __future__ import annotations

import gzip
import io
import zlib

from dulwich.errors import ChecksumMismatch, GitProtocolError
from dulwich.protocol import ReceivableProtocol
from dulwich.server import BackendRepo, DictBackend, UploadPackHandler
from starlette.responses import Response

from practice_hub.call import Call
from practice_hub.errors import DamagedError, bad_request, not_served
from practice_hub.routing import Body, Need, Route

SERVICE = "git-upload-pack"
LONGEST_REQUEST = 10_000_000
FRESH = {"Cache-Control": "no-cache"}


def references(call: Call) -> Response:
    """What can be cloned."""
    if call.query.get("service") != SERVICE:
        raise not_served("git push: use `hf upload`")
    out = io.BytesIO()
    protocol = ReceivableProtocol(io.BytesIO().read, out.write)
    protocol.write_pkt_line(f"# service={SERVICE}\n".encode())
    protocol.write_pkt_line(None)
    _talk(call, protocol, advertise=True)
    return Response(out.getvalue(), 200, FRESH, f"application/x-{SERVICE}-advertisement")


def upload_pack(call: Call) -> Response:
    """The objects that the caller does not have."""
    out = io.BytesIO()
    asked = io.BytesIO(_unpacked(call))
    _talk(call, ReceivableProtocol(asked.read, out.write), advertise=False)
    return Response(out.getvalue(), 200, FRESH, f"application/x-{SERVICE}-result")


def _unpacked(call: Call) -> bytes:
    data = call.received.data
    if call.headers.get("content-encoding") != "gzip":
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            return file.read(LONGEST_REQUEST)
    except (OSError, EOFError, zlib.error):
        raise bad_request("The request is not gzip.") from None


def _talk(call: Call, protocol: ReceivableProtocol, *, advertise: bool) -> None:
    repositories: dict[str, BackendRepo] = {"/": call.git.repo}
    backend = DictBackend(repositories)
    handler = UploadPackHandler(backend, ["/"], protocol, stateless_rpc=True, advertise_refs=advertise)
    try:
        handler.handle()
    except (zlib.error, ChecksumMismatch):
        raise DamagedError(f"A Git object of {call.repository.full_name}") from None
    except (GitProtocolError, ValueError, AssertionError, KeyError, EOFError):
        if advertise:  # nothing came in that could be wrong
            raise DamagedError(f"A Git object of {call.repository.full_name}") from None
        raise bad_request("This is not what git sends.") from None


ROUTES = (
    Route("GET", "{web}/{repo}/info/refs", references, Need.FILES),
    Route("POST", "{web}/{repo}/git-upload-pack", upload_pack, Need.FILES, Body.BYTES),
)
