"""The preview's web server: what the board shows, and a stream that tells each page when to load itself anew.

It answers GET and HEAD alone, under names of this machine or the one it was started with, and gives nothing but
files of the previewed site and its own two. What others wrote into a lesson runs no script here and leads nowhere
by itself, unless the author asks for it.
"""

from __future__ import annotations

import json
import mimetypes
import os
import re
import socketserver
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from socket import AF_INET, AF_INET6
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit

from spokeshave.preview.board import NOT_FOUND, Board, Shown, digest
from spokeshave.preview.guarding import guarded_headers, guarded_html, guarded_kind

_EVENTS = "/_preview/events"
_OWN = {"/_preview/reload.js": "reload.js", "/_preview/overlay.css": "overlay.css"}
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_HASHED = re.compile(r"/assets/[^/]+\.[0-9a-f]{10}\.(css|js)")
"""Files whose name changes with their content: the browser need not ask for them twice."""
_HEARTBEAT = 15.0
"""Seconds after which an idle stream says that it lives; one that nobody hears any more ends then."""
_WAITING = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Preview</title></head>'
    "<body><main><h1>The lesson cannot be built yet</h1></main></body></html>"
)


class PreviewServer(ThreadingHTTPServer):
    """Serves what `board` shows. Raises OSError if the port is taken."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # Windows would share a port that is taken

    def __init__(self, host: str, port: int, board: Board, *, scripts: bool = False) -> None:
        """`scripts`: whether scripts of the lesson itself run."""
        self.address_family = AF_INET6 if ":" in host else AF_INET
        self.board = board
        self.scripts = scripts
        self.hosts = _LOCAL | {host.lower()}
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """As the library does, but without asking the network for this machine's name."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say what went wrong; a browser that goes while it is answered is no error."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def serving(server: PreviewServer) -> Iterator[None]:
    """Answer in a thread of its own until the end of the context."""
    thread = Thread(target=server.serve_forever, args=(0.05,), name="preview", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.board.close()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        if not self._is_host_known():
            self._refuse(
                HTTPStatus.MISDIRECTED_REQUEST,
                "This preview has another name. Start it with --host and this name.",
            )
            return
        if not self._is_asked_by_its_own_page():
            self._refuse(HTTPStatus.FORBIDDEN, "A page of another site asks for this.")
            return
        path = urlsplit(self.path).path
        if path == _EVENTS:
            self._stream()
        elif path in _OWN:
            content = (files("spokeshave.preview") / _OWN[path]).read_bytes()
            self._send_part(_kind(path), content)
        else:
            self._page(unquote(path))

    do_HEAD = do_GET

    def _other_method(self) -> None:
        self.close_connection = True  # a body may follow, which nobody reads
        self._refuse(
            HTTPStatus.METHOD_NOT_ALLOWED, "The preview answers GET and HEAD alone.", {"Allow": "GET, HEAD"}
        )

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _other_method

    def log_message(self, *arguments: object) -> None:
        """The terminal is for what changes, not for what is asked."""

    def _is_host_known(self) -> bool:
        """Whether the request names this server: pages of other sites reach it only under a name of their own."""
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or "@" in hosts[0] or not self.path.startswith("/"):
            return False
        try:
            name = urlsplit(f"//{hosts[0]}").hostname
        except ValueError:
            return False
        return name in self.server.hosts

    def _is_asked_by_its_own_page(self) -> bool:
        """Whether this may be a page of the preview, or somebody who goes to one: not what others put into theirs."""
        site, mode = self.headers.get("Sec-Fetch-Site"), self.headers.get("Sec-Fetch-Mode")
        return site in {None, "same-origin", "none"} or mode == "navigate"

    def _page(self, path: str) -> None:
        shown = self.server.board.shown
        if shown.folder is None:
            self._send_html(HTTPStatus.SERVICE_UNAVAILABLE, _WAITING.encode(), shown.version(""))
            return
        file = _file(shown.folder, path)
        if file is not None and file.is_dir():
            place = file.relative_to(shown.folder.resolve()).as_posix()
            self._refuse(HTTPStatus.MOVED_PERMANENTLY, "", {"Location": f"/{place}/"})
        elif file is not None and _site_path(path) in shown.digests:  # in this spelling: it has its version
            self._file(HTTPStatus.OK, file, shown)
        else:
            self._file(HTTPStatus.NOT_FOUND, shown.folder / NOT_FOUND, shown)

    def _file(self, status: HTTPStatus, file: Path, shown: Shown) -> None:
        try:
            content = file.read_bytes()
        except OSError:
            self._refuse(HTTPStatus.NOT_FOUND, "There is no such page.")
            return
        if file.suffix == ".html":
            # The version is that of what is sent: the file may be newer than what was shown a moment ago.
            self._send_html(status, content, f"{digest(content)}-{shown.parts}")
        else:
            kind = _kind(file.name)
            ours = file.parent == (shown.folder or file).resolve() / "assets"
            self._send_part(kind if ours or self.server.scripts else guarded_kind(kind), content)

    def _send_part(self, kind: str, content: bytes) -> None:
        """Send what pages use; nothing if the browser has it."""
        tag = f'"{digest(content)}"'
        hashed = _HASHED.fullmatch(self.path)
        headers = {"ETag": tag, "Cache-Control": "max-age=86400, immutable" if hashed else "no-cache"}
        if self.headers.get("If-None-Match") == tag:
            self._send(HTTPStatus.NOT_MODIFIED, kind, b"", headers)
        else:
            self._send(HTTPStatus.OK, kind, content, headers)

    def _send_html(self, status: HTTPStatus, content: bytes, version: str) -> None:
        added = (
            '<link rel="stylesheet" href="/_preview/overlay.css">'
            f'<script src="/_preview/reload.js" data-version="{escape(version)}" defer></script>'
        ).encode()
        safe = content if self.server.scripts else guarded_html(content)
        text, end, rest = safe.rpartition(b"</body>")
        whole = text + added + end + rest if end else safe + added
        self._send(status, "text/html; charset=utf-8", whole)

    def _refuse(self, status: HTTPStatus, text: str, headers: dict[str, str] | None = None) -> None:
        self._send(status, "text/plain; charset=utf-8", text.encode(), headers)

    def _send(
        self, status: HTTPStatus, kind: str, content: bytes, headers: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(content)))
        own = {"Content-Type": kind, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        if not self.server.scripts:
            own |= guarded_headers()
        for name, value in (own | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _stream(self) -> None:
        """Tell a page its version and what is wrong, now and each time that one of them changes."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        asked = parse_qs(urlsplit(self.path).query).get("page", ["/"])[0]
        board, said = self.server.board, ""
        shown = board.shown
        while not board.closed:
            text = _event(shown, _site_path(unquote(asked)))
            self.wfile.write(f"data: {text}\n\n".encode() if text != said else b":\n\n")
            said = text
            shown = board.wait(shown, _HEARTBEAT)


def _event(shown: Shown, path: str) -> str:
    return json.dumps({"version": shown.version(path), "problems": [str(one) for one in shown.problems]})


def _site_path(path: str) -> str:
    """The path in the site of what a browser asks for."""
    return path.lstrip("/") + ("index.html" if path.endswith("/") else "")


def _file(folder: Path, path: str) -> Path | None:
    """The file or folder of the site at this path; nothing if it would be outside the site."""
    if "\\" in path or "\0" in path or ".." in path.split("/"):
        return None
    try:
        found = (folder / _site_path(path)).resolve()
    except (OSError, ValueError):
        return None
    return found if found.is_relative_to(folder.resolve()) else None


def _kind(name: str) -> str:
    """The media type of a file, by its name."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith("javascript") else kind
