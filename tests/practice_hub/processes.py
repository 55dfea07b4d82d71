"""A Hub in a process of its own, as learners run it; and calls to it without any client."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

GUARD = 60.0
"""Seconds after which something hangs."""


@dataclass
class HubProcess:
    """A running `practice-hub`. What it prints goes to the files `stdout` and `stderr` in `logs`."""

    process: subprocess.Popen[bytes]
    address: str
    printed: str
    logs: Path

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    @property
    def first_token(self) -> str:
        """The token that a new Hub prints at its first start."""
        found = re.search(r"hf_[A-Za-z]+", self.printed)
        assert found, self.printed
        return found[0]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(GUARD)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(GUARD)

    def peak_memory(self) -> float:
        """The most that the process ever had in memory, in MB (10⁶ bytes). Linux only."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert found
        return int(found[1]) * 1024 / 1e6

    def log(self) -> str:
        """All that it and its predecessors with the same logs wrote."""
        return "".join((self.logs / name).read_text() for name in ("stdout", "stderr"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.kill()


def start_hub(
    data: Path,
    logs: Path,
    port: int = 0,
    *,
    prefix: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> HubProcess:
    """Start a Hub and wait until it says that it runs. `prefix` is a program that runs it, such as strace."""
    logs.mkdir(exist_ok=True)
    stdout, stderr = logs / "stdout", logs / "stderr"
    before = stdout.stat().st_size if stdout.exists() else 0
    command = [*prefix, sys.executable, "-m", "practice_hub", "--port", str(port), "--data", str(data)]
    with stdout.open("ab") as out, stderr.open("ab") as error:
        process = subprocess.Popen(command, stdout=out, stderr=error, env=environment)
    until = time.monotonic() + GUARD
    while time.monotonic() < until and process.poll() is None:
        printed = stdout.read_text()[before:]
        if printed.endswith("\n") and "os.environ['HF_TOKEN']" in printed:
            address = printed.split(" and keeps", 1)[0].split()[-1]
            return HubProcess(process, address, printed, logs)
        time.sleep(0.01)
    process.kill()
    process.wait()
    raise AssertionError(f"practice-hub did not start:\n{stdout.read_text()}\n{stderr.read_text()}")


def new_token(data: Path) -> str:
    """A token, made by the command while a Hub runs on the folder."""
    command = [sys.executable, "-m", "practice_hub", "token", "--data", str(data)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def client_environment(home: Path, address: str, token: str, *, xet: bool = False) -> dict[str, str]:
    """What a process with the real client needs to know, and nothing of this machine's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    own = {"HF_ENDPOINT": address, "HF_TOKEN": token, "HF_HOME": str(home)}
    quiet = {"HF_HUB_DISABLE_PROGRESS_BARS": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
    # A server that was killed is back at once; by default the client waits for seconds before it asks again.
    patience = {"HF_XET_CLIENT_RETRY_BASE_DELAY": "50ms", "HF_XET_CLIENT_RETRY_MAX_ATTEMPTS": "8"}
    return kept | own | quiet | patience | ({} if xet else {"HF_HUB_DISABLE_XET": "1"})


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Caller:
    """Asks a Hub over one connection, which is opened again when it broke."""

    address: str
    token: str = ""
    _connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    def __call__(
        self,
        method: str,
        path: str,
        body: bytes | dict[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Raises OSError or HTTPException if no whole answer comes."""
        sent = dict(headers or {})
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        if isinstance(body, dict):
            body = json.dumps(body).encode()
        if self._connection is None:
            self._connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=GUARD)
        try:
            self._connection.request(method, path.removeprefix(self.address), body, sent)
            response = self._connection.getresponse()
            answer = Answer(
                response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
            )
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        if response.will_close:
            self.close()
        return answer

    def close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None

    def create(self, name: str) -> Answer:
        return self("POST", "/api/repos/create", {"name": name})

    def commit(self, repository: str, summary: str, *lines: tuple[str, dict[str, Any]]) -> Answer:
        """Commit to main. Each line is a key of the protocol (`file`, `lfsFile` …) and its value."""
        items: list[tuple[str, Any]] = [("header", {"summary": summary}), *lines]
        body = b"\n".join(json.dumps({"key": key, "value": value}).encode() for key, value in items)
        return self("POST", f"/api/models/{repository}/commit/main", body)

    def history(self, repository: str) -> dict[str, str]:
        """All commits of main: id → title."""
        found: dict[str, str] = {}
        path = f"/api/models/{repository}/commits/main"
        while path:
            answer = self("GET", path)
            assert answer.status == 200, answer.body
            found |= {commit["id"]: commit["title"] for commit in answer.json()}
            path = answer.headers.get("link", "").partition(">")[0].removeprefix("<")
        return found


@contextmanager
def caller(address: str, token: str = "") -> Iterator[Caller]:
    made = Caller(address, token)
    try:
        yield made
    finally:
        made.close()


def text_file(path: str, content: str) -> tuple[str, dict[str, Any]]:
    """A line of a commit that adds a small file."""
    return "file", {"path": path, "content": content, "encoding": "utf-8"}


def fsck(data: Path) -> None:
    """Have git itself look at every repository of a Hub."""
    for repository in sorted((data / "repositories").glob("*.git")):
        command = ["git", "-C", str(repository), "fsck", "--strict", "--no-dangling", "--full"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "error" not in done.stderr, done.stderr
