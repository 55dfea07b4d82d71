"""The web server: takes a request, checks it as its route says, has it answered, and sends the answer."""

from __future__ import annotations

import base64
import errno
import hashlib
import json
import logging
import secrets
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from practice_hub.accounts import Login
from practice_hub.call import Call, Received
from practice_hub.errors import (
    DAMAGED,
    DISK_FULL,
    HubError,
    bad_request,
    no_repository,
    not_served,
    too_large,
)
from practice_hub.failed_logins import FailedLogins
from practice_hub.hub import Hub
from practice_hub.limits import readable
from practice_hub.routing import Body, Need, Route, match

logger = logging.getLogger("practice_hub")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Server:
    """The ASGI application.

    `answers` are the last ones that were given: method, pattern of the route, status. `unserved` are the
    calls that nothing here answers.
    """

    def __init__(self, hub: Hub, routes: tuple[Route, ...], hosts: Iterable[str] = ()) -> None:
        """`hosts` are further names under which the Hub may be called, beside those of this machine."""
        self.hub = hub
        self.routes = routes
        self.hosts = LOOPBACK | {host.lower() for host in hosts}
        self.failed_logins = FailedLogins(hub.limits.failed_logins)
        self.answers: deque[tuple[str, str, int]] = deque(maxlen=10_000)
        self.unserved: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1003})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        pattern, response = "(none)", None
        received = Received()
        try:
            call, route = self._call(request)
            pattern = route.pattern
            call = await run_in_threadpool(self._admit, call, route, _address(request))
            received = await self._receive(request, route)
            response = await run_in_threadpool(_answer, route, replace(call, received=received))
        except ClientDisconnect:
            return
        except Exception as error:  # whatever happens, the caller gets an answer
            response = self._refusal(error, request)
        finally:
            if received.file:
                received.file.unlink(missing_ok=True)
        response.headers.setdefault("X-Request-Id", secrets.token_hex(8))
        self.answers.append((request.method, pattern, response.status_code))
        await response(scope, receive, send)

    # What is asked

    def _call(self, request: Request) -> tuple[Call, Route]:
        path = request.scope["raw_path"].decode("ascii", "replace").partition("?")[0]
        call = Call(
            self.hub,
            request.method,
            self._base(request.headers, request.url.scheme),
            path,
            {},
            QueryParams(request.scope["query_string"]),
            request.headers,
        )
        found = match(self.routes, request.method, path)
        if found is None:
            raise not_served(f"{request.method} {path}")
        return replace(call, parts=found[1]), found[0]

    def _base(self, headers: Headers, scheme: str) -> str:
        """The address of this Hub as the caller wrote it.

        A web page elsewhere could have its own name lead to this machine; such a name is refused.
        """
        host = headers.get("host", "")
        try:
            name = urlsplit(f"//{host}").hostname
            port = urlsplit(f"//{host}").port
        except ValueError:
            name = port = None
        if name is None or name not in self.hosts or any(sign in host for sign in "@/?#\\ "):
            raise bad_request(
                "This Hub is not called by this name. Use the address that it printed at its start."
            )
        name = f"[{name}]" if ":" in name else name
        return f"{scheme}://{name}" + (f":{port}" if port else "")

    def _admit(self, call: Call, route: Route, address: str) -> Call:
        """Who asks, for which repository; raises HubError if that is not allowed."""
        if call.path.startswith("/_"):  # ways for the bytes of large files, which read tickets themselves
            return call
        call = replace(call, login=self._login(call.headers, address))
        if route.need is Need.LOGIN:
            _ = call.user
        if route.need in {Need.NOTHING, Need.LOGIN}:
            return call
        found = self.hub.repositories.find(call.kind, call.parts["repo"].removesuffix(".git"))
        if found is None:
            raise no_repository(logged_in=call.login is not None)
        access = self.hub.access
        match route.need:
            case Need.FILES:
                access.check_read_files(call.login, found, call.base)
            case Need.PROPOSE:
                access.check_propose(call.login, found)
            case Need.WRITE:
                access.check_write(call.login, found)
            case _:
                access.check_see(call.login, found)
        return replace(call, found=found)

    def _login(self, headers: Headers, address: str) -> Login | None:
        scheme, _, value = headers.get("authorization", "").strip().partition(" ")
        token = value.strip()
        if scheme.lower() == "basic":  # git: any name, and the token as its password
            try:
                token = base64.b64decode(token).decode().partition(":")[2]
            except ValueError:
                token = ""
        if not scheme:
            return None
        if login := self.hub.accounts.login(token):
            return login
        if wait := self.failed_logins.note(address):
            raise HubError(429, f"Too many tokens that are none. Wait {wait} seconds.", None)
        raise HubError(401, "Invalid credentials in Authorization header")

    # What comes with it

    async def _receive(self, request: Request, route: Route) -> Received:
        if route.body is Body.NONE:
            return Received()
        most = route.limit(self.hub.limits)
        announced = request.headers.get("content-length", "")
        if announced.isdigit() and int(announced[:20]) > most:
            raise too_large(
                f"This Hub takes up to {readable(most)} here, not {readable(int(announced[:20]))}."
            )
        if route.body is Body.BYTES:
            return Received(data=b"".join([piece async for piece in _pieces(request, most)]))
        return await self._receive_file(request, most)

    async def _receive_file(self, request: Request, most: int) -> Received:
        path, sha256, size = self.hub.folder.new_file(), hashlib.sha256(), 0
        try:
            with path.open("wb") as file:
                async for piece in _pieces(request, most):
                    file.write(piece)
                    sha256.update(piece)
                    size += len(piece)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Received(file=path, sha256=sha256.hexdigest(), size=size)

    # What is answered

    def _refusal(self, error: Exception, request: Request) -> Response:
        if not isinstance(error, HubError):
            error = _as_hub_error(error, request)
        if error.status in {DAMAGED, DISK_FULL} and request.url.path.startswith("/_xet/"):
            error = HubError(422, error.message, error.code)  # hf_xet tries again for minutes after any 5xx
        if error.status == 501:
            self.unserved = [*self.unserved[-999:], f"{request.method} {request.url.path}"]
            logger.warning("%s (%s %s)", error.message, request.method, request.url.path)
        headers = {"X-Error-Message": _header(error.message)}
        if error.code:
            headers["X-Error-Code"] = error.code
        if error.status == 401 and "git" in request.headers.get("user-agent", ""):
            headers["WWW-Authenticate"] = 'Basic realm="practice-hub: any name, and a token as password"'
        if error.status == 416 and "size" in error.more:
            headers["Content-Range"] = f"bytes */{error.more['size']}"
        return JSONResponse({"error": error.message, **error.more}, error.status, headers)


def _as_hub_error(error: Exception, request: Request) -> HubError:
    full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}
    if full or (isinstance(error, sqlite3.OperationalError) and "full" in str(error)):
        return HubError(DISK_FULL, "The Hub's disk is full. Nothing was changed. Make room, and try again.")
    logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return HubError(500, "Something went wrong in practice-hub; its window says what.")


def _answer(route: Route, call: Call) -> Response:
    answer = route.handler(call)
    if isinstance(answer, Response):
        return answer
    return Response(json.dumps(answer, ensure_ascii=True), media_type="application/json")


async def _pieces(request: Request, most: int) -> AsyncIterator[bytes]:
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > most:
            raise too_large(f"This Hub takes up to {readable(most)} here.")
        yield piece


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _header(text: str) -> str:
    """A message as a header can carry it: one line, Latin letters."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(printable.split()).encode("latin-1", "replace").decode("latin-1")[:2000]
