"""A web server for built sites: a slow one for tests of loading, or one like those that lessons are published on."""

from __future__ import annotations

import gzip
import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import BinaryIO

_PIECE = 4096  # bytes
_PAUSE = 0.004  # seconds


class _Handler(SimpleHTTPRequestHandler):
    """Serves files as over a slow line, piece by piece, so that browsers paint pages that are not whole yet."""

    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:  # type: ignore[override]
        while piece := source.read(_PIECE):
            outputfile.write(piece)
            time.sleep(_PAUSE)

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """A file as it is now. Dates count whole seconds: of two builds within one, the second would seem unchanged."""
        del self.headers["If-Modified-Since"]
        return super().send_head()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


class _PackedHandler(_Handler):
    """Packs texts with gzip, as GitHub Pages and its like do, and sends them at once."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        kind = self.guess_type(path)
        if not path.is_file() or not kind.startswith(("text/", "application/json", "image/svg")):
            super().do_GET()
            return
        content = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def serving(folder: Path, *, packed: bool = False) -> Iterator[str]:
    """Serve this folder on a free port of this machine; gives the address, without a slash at its end.

    `packed`: texts are sent as hosts of websites send them, and not slowly.
    """
    handler = partial(_PackedHandler if packed else _Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
