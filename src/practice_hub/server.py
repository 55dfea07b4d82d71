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
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
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
from practice_hub.forms import check_form, check_origin, check_site
from practice_hub.hub import Hub
from practice_hub.limits import readable
from practice_hub.routing import Body, Need, Route, match
from practice_hub.sessions import cookie_name

logger = logging.getLogger("practice_hub")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
ErrorPage = Callable[[Call, HubError], Response]


class Server:
    """The ASGI application.

    `answers` are the last ones that were given: method, pattern of the route, status. `unserved` are the
    calls that nothing here answers.
    """

    def __init__(
        self,
        hub: Hub,
        routes: tuple[Route, ...],
        hosts: Iterable[str] = (),
        error_page: ErrorPage | None = None,
    ) -> None:
        """`hosts` are further names under which the Hub may be called, beside those of this machine.

        `error_page` tells people what is refused; without one they get JSON, as programs do.
        """
        self.hub = hub
        self.error_page = error_page
        self.routes = routes
        self.hosts = LOOPBACK | {host.lower() for host in hosts}
        self.answers: deque[tuple[str, str, int]] = deque(maxlen=10_000)
        self.unserved: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1003})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        call, route, response = None, None, None
        received = Received()
        try:
            call = self._call(request)
            call, route = self._route(call)
            call = await run_in_threadpool(self._admit, call, route)
            received = await self._receive(request, route)
            response = await run_in_threadpool(_answer, route, replace(call, received=received))
        except ClientDisconnect:
            return
        except Exception as error:  # whatever happens, the caller gets an answer
            response = self._refusal(error, request, call, route)
        finally:
            if received.file:
                received.file.unlink(missing_ok=True)
        response.headers.setdefault("X-Request-Id", secrets.token_hex(8))
        self.answers.append((request.method, route.pattern if route else "(none)", response.status_code))
        await response(scope, receive, send)

    # What is asked

    def _call(self, request: Request) -> Call:
        path = request.scope["raw_path"].decode("ascii", "replace").partition("?")[0]
        return Call(
            self.hub,
            request.method,
            self._base(request.headers, request.url.scheme),
            path,
            {},
            QueryParams(request.scope["query_string"]),
            request.headers,
            address=request.client.host if request.client else "",
        )

    def _route(self, call: Call) -> tuple[Call, Route]:
        found = match(self.routes, call.method, call.path)
        if found:
            return replace(call, parts=found[1]), found[0]
        if self.error_page and _is_for_people(call):
            raise HubError(404, "There is no page at this address.")
        raise not_served(f"{call.method} {call.path}")

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

    def _admit(self, call: Call, route: Route) -> Call:
        """Who asks, for which repository; raises HubError if that is not allowed."""
        (check_origin if route.body is Body.FORM else check_site)(call)
        if call.path.startswith("/_"):  # ways for the bytes of large files: they read tickets, not tokens
            if route.admit:
                route.admit(call)
            return call
        call = self._with_session(call, route) or replace(call, login=self._login(call))
        if route.need is Need.LOGIN:
            _ = call.user
        if route.need in {Need.NOTHING, Need.LOGIN}:
            return call
        return self._with_repository(call, route.need)

    def _with_repository(self, call: Call, need: Need) -> Call:
        """The call with the repository of its address; raises HubError if this caller may not do what it asks."""
        found = self.hub.repositories.find(call.kind, call.parts["repo"].removesuffix(".git"))
        if found is None:
            raise no_repository(logged_in=call.login is not None)
        access = self.hub.access
        match need:
            case Need.FILES:
                access.check_read_files(call.login, found, call.base)
            case Need.PROPOSE:
                access.check_propose(call.login, found)
            case Need.WRITE:
                access.check_write(call.login, found)
            case _:
                access.check_see(call.login, found)
        return replace(call, found=found)

    def _with_session(self, call: Call, route: Route) -> Call | None:
        """The call with its visitor's login, if somebody signed in on the pages.

        A browser sends the cookie whoever makes it ask, so it counts only for reading, and for forms of ours.
        """
        reads = call.method in {"GET", "HEAD"} and not call.path.startswith("/api/")
        if "authorization" in call.headers or not (reads or route.body is Body.FORM):
            return None
        session = self.hub.sessions.find(_cookies(call.headers).get(cookie_name(call.base), ""))
        login = self.hub.accounts.login_with(session.token) if session else None
        return replace(call, login=login, session=session.id) if login and session else None

    def _login(self, call: Call) -> Login | None:
        scheme, _, value = call.headers.get("authorization", "").strip().partition(" ")
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
        self.hub.failed_logins.check(call.address)
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
        if route.body in {Body.BYTES, Body.FORM}:
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

    def _refusal(
        self, error: Exception, request: Request, call: Call | None, route: Route | None
    ) -> Response:
        if not isinstance(error, HubError):
            error = _as_hub_error(error, request)
        if error.status in {DAMAGED, DISK_FULL} and request.url.path.startswith("/_xet/"):
            error = HubError(422, error.message, error.code)  # hf_xet tries again for minutes after any 5xx
        if error.status == 501:
            self.unserved = [*self.unserved[-999:], f"{request.method} {request.url.path}"]
        # Of what Xet refuses, hf_xet shows no message; that it asks for what is not here (404) is in its nature.
        hidden = error.status in {400, 422} and request.url.path.startswith("/_xet/")
        if error.status == 501 or hidden:
            logger.warning("%s (%s %s)", error.message, request.method, request.url.path)
        if self.error_page and call and ((route and route.page) or _is_for_people(call)):
            return self.error_page(call, error)
        headers = {"X-Error-Message": _header(error.message)}
        if error.code:
            headers["X-Error-Code"] = error.code
        if error.status == 401 and "git" in request.headers.get("user-agent", ""):
            headers["WWW-Authenticate"] = 'Basic realm="practice-hub: any name, and a token as password"'
        if error.status == 416 and "size" in error.more:
            headers["Content-Range"] = f"bytes */{error.more['size']}"
        if request.headers.get("user-agent", "").startswith("git/"):
            return PlainTextResponse(error.message + "\n", error.status, headers)  # git shows nothing else
        return JSONResponse({"error": error.message, **error.more}, error.status, headers)


def _as_hub_error(error: Exception, request: Request) -> HubError:
    full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}
    if full or (isinstance(error, sqlite3.OperationalError) and "full" in str(error)):
        return HubError(DISK_FULL, "The Hub's disk is full. Nothing was changed. Make room, and try again.")
    logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return HubError(500, "Something went wrong in practice-hub; its window says what.")


def _is_for_people(call: Call) -> bool:
    """Whether a browser asks for something to show. The client and git do not ask for HTML."""
    reads = call.method in {"GET", "HEAD"} and not call.path.startswith(("/api/", "/_"))
    return reads and "text/html" in call.headers.get("accept", "")


def _cookies(headers: Headers) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in headers.get("cookie", "").split(";"))
    return {name: value for name, _, value in pairs}


def _answer(route: Route, call: Call) -> Response:
    if route.body is Body.FORM:
        check_form(call)
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


def _header(text: str) -> str:
    """A message as a header can carry it: one line, Latin letters."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(printable.split()).encode("latin-1", "replace").decode("latin-1")[:2000]
