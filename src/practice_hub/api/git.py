"""`git clone`, by Git's "smart" protocol over HTTP. Dulwich does the talking.

https://git-scm.com/docs/http-protocol
"""

from __future__ import annotations

import gzip
import io
import zlib

from dulwich.errors import GitProtocolError
from dulwich.protocol import CAPABILITY_FILTER, ReceivableProtocol
from dulwich.server import BackendRepo, DictBackend, UploadPackHandler
from starlette.responses import Response

from practice_hub.call import Call
from practice_hub.errors import DamagedError, bad_request, not_served
from practice_hub.repositories import MAIN
from practice_hub.routing import Body, Need, Route
from practice_hub.store.damage import DAMAGE
from practice_hub.store.git import GitRepository

SERVICE = "git-upload-pack"
LONGEST_REQUEST = 10_000_000
FRESH = {"Cache-Control": "no-cache"}
_BY_REQUEST = (GitProtocolError, ValueError, AssertionError, KeyError, EOFError)
"""What Dulwich raises where a request is not what git sends."""


class _UploadPack(UploadPackHandler):
    """Without `git clone --filter`: git asks later for the files it left out, and Dulwich refuses these."""

    def capabilities(self) -> list[bytes]:
        return [name for name in super().capabilities() if name != CAPABILITY_FILTER]

    @classmethod
    def innocuous_capabilities(cls) -> list[bytes]:
        """Git names it all the same, but then says nothing of what to leave out."""
        return [*super().innocuous_capabilities(), CAPABILITY_FILTER]


def references(call: Call) -> Response:
    """What can be cloned."""
    if call.query.get("service") != SERVICE:
        raise not_served("git push: use `hf upload`")
    return Response(advertised(call.git), 200, FRESH, f"application/x-{SERVICE}-advertisement")


def advertised(git: GitRepository) -> bytes:
    """The references of a repository, as git is told of them.

    Raises DamagedError if a reference, or the version that it leads to, is not what was stored.
    """
    out = io.BytesIO()
    protocol = ReceivableProtocol(io.BytesIO().read, out.write)
    protocol.write_pkt_line(f"# service={SERVICE}\n".encode())
    protocol.write_pkt_line(None)
    try:
        _talk(git, protocol, advertise=True)
    except (*DAMAGE, *_BY_REQUEST):  # nothing was asked for that could be wrong
        raise _damaged(git) from None
    return out.getvalue()


def upload_pack(call: Call) -> Response:
    """The objects that the caller does not have."""
    return Response(packed(call.git, _unpacked(call)), 200, FRESH, f"application/x-{SERVICE}-result")


def packed(git: GitRepository, asked: bytes) -> bytes:
    """The answer to what git asks for. Raises DamagedError as `advertised` does, HubError (400) for another request."""
    out = io.BytesIO()
    try:
        _talk(git, ReceivableProtocol(io.BytesIO(asked).read, out.write), advertise=False)
    except _BY_REQUEST:  # damage raises some of these, too: what is whole is not at fault
        git.check_objects()
        advertised(git)
        raise bad_request("This is not what git sends.") from None
    except DAMAGE:
        raise _damaged(git) from None
    return out.getvalue()


def _unpacked(call: Call) -> bytes:
    data = call.received.data
    if call.headers.get("content-encoding") != "gzip":
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            return file.read(LONGEST_REQUEST)
    except (OSError, EOFError, zlib.error):
        raise bad_request("The request is not gzip.") from None


def _talk(git: GitRepository, protocol: ReceivableProtocol, *, advertise: bool) -> None:
    # Dulwich is silent about what it does not find: a clone would be empty.
    if git.reference(MAIN) is None:
        raise DamagedError(f"The reference {MAIN} in {git.path.name}", "Take it from a copy.")
    for oid in git.references().values():
        git.commit(oid)
    repositories: dict[str, BackendRepo] = {"/": git.repo}
    handler = _UploadPack(
        DictBackend(repositories), ["/"], protocol, stateless_rpc=True, advertise_refs=advertise
    )
    handler.handle()


def _damaged(git: GitRepository) -> DamagedError:
    return DamagedError(f"One of Git's files in {git.path.name}", "Take it from a copy.")


ROUTES = (
    Route("GET", "{web}/{repo}/info/refs", references, Need.FILES),
    Route("POST", "{web}/{repo}/git-upload-pack", upload_pack, Need.FILES, Body.BYTES),
)
