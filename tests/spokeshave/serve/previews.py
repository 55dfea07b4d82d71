"""`spokeshave serve` as a real process, and a listener to its stream of events."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

GUARD = 30.0
"""Seconds after which something hangs."""


@dataclass(frozen=True)
class Event:
    """What a page is told."""

    version: str
    problems: list[str]


@dataclass(frozen=True)
class Preview:
    """A running preview. `temporary` is the folder that it has for temporary files."""

    address: str
    lesson: Path
    temporary: Path
    process: subprocess.Popen[str]

    def ask(
        self, path: str, method: str = "GET", host: str | None = None, tag: str | None = None
    ) -> tuple[http.client.HTTPResponse, str]:
        """The answer to a request for `path`, which is sent as it is."""
        connection = self.connect()
        headers = {"Host": host, "If-None-Match": tag}
        connection.request(method, path, headers={name: text for name, text in headers.items() if text})
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        connection.close()
        return answer, text

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=GUARD)

    @contextmanager
    def events(self, page: str) -> Iterator[Iterator[Event]]:
        """What the preview tells a browser that shows `page`: version and problems, now and at each change."""
        connection = self.connect()
        connection.request("GET", f"/_preview/events?page={page}")
        with connection.getresponse() as answer:
            assert answer.headers["Content-Type"].startswith("text/event-stream")
            yield _told(answer)
        connection.close()

    def end(self, number: int) -> tuple[int, str]:
        """Send a signal; gives the exit code and what was printed to stderr."""
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=GUARD)
        return self.process.returncode, errors


def _told(answer: http.client.HTTPResponse) -> Iterator[Event]:
    """The events of a stream. Raises AssertionError if it says for long that it lives, and no more."""
    until = monotonic() + GUARD
    for line in answer:
        if line.startswith(b"data: "):
            yield Event(**json.loads(line.removeprefix(b"data: ")))
        assert monotonic() < until, "nothing was told"


@contextmanager
def preview(lesson: Path, temporary: Path, *arguments: str) -> Iterator[Preview]:
    """A preview of the lesson on a free port."""
    temporary.mkdir()
    command = [sys.executable, "-m", "spokeshave", "serve", str(lesson), *(arguments or ("--port", "0"))]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            address = process.stdout.readline().strip() if process.stdout else ""
            assert address.startswith("http://"), process.communicate(timeout=GUARD)
            yield Preview(address, lesson, temporary, process)
        finally:
            process.terminate()
            process.communicate(timeout=GUARD)


def write_by_rename(path: Path, text: str) -> None:
    """Write as careful editors do: a new file, which then takes the place of the old one."""
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
