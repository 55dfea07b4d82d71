"""A service for lesson code: a server that counts its visitors in a file, with a port and a key of its own."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


@contextmanager
def start(folder: Path) -> Iterator[tuple[Mapping[str, str], Mapping[str, str]]]:
    key = secrets.token_hex(16)
    visits = folder / "visits.txt"

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.headers["Authorization"] == key
            with visits.open("a") as file:
                file.write("x")
            self.send_response(200 if known else 401)
            self.end_headers()
            address = f"{self.headers['Host']}{self.path}"
            self.wfile.write(f"visit {visits.stat().st_size} at {address}".encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        address = f"127.0.0.1:{server.server_port}"
        yield (
            {"SHELF": f"http://{address}", "SHELF_KEY": key},
            {address: "127.0.0.1:8000", str(server.server_port): "8000", key: "your-key"},
        )
        server.shutdown()
        thread.join()


@contextmanager
def broken(folder: Path) -> Iterator[tuple[Mapping[str, str], Mapping[str, str]]]:
    raise OSError("no port is free")
    yield {}, {}


@contextmanager
def broken_at_the_end(folder: Path) -> Iterator[tuple[Mapping[str, str], Mapping[str, str]]]:
    yield {}, {}
    raise OSError("it hangs")


@contextmanager
def one_mapping(folder: Path) -> Iterator[Mapping[str, str]]:
    yield {"A": "a", "B": "b"}
