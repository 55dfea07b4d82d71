"""Whatever is sent, the Hub answers: never with status 500, never with a traceback in its log, never not at all."""

from __future__ import annotations

import gzip
import json
import logging
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from practice_hub.api import ROUTES
from practice_hub.routing import PARTS, Route
from practice_hub.running import RunningHub, running_hub
from tests.practice_hub.processes import GUARD, caller, fsck, text_file
from tests.practice_hub.uploads import commit_large, make_xorb, sha256, upload_lfs, upload_xet

EXAMPLES = 8
REPOSITORY = "your-username/model"
LARGE = b"large " * 1000
STRANGE = [
    "", " ", ".", "..", "../..", "/etc/passwd", "\0", "a\nb", "a\\b", "é" * 130, "€" * 90, "x" * 300, "x" * 5000,
    "\ud800", "🤗", "%2e%2e", "refs/heads/main", "refs/heads/../../HEAD", "HEAD", ".git/config", "-1", "0", "1e9",
    "9" * 400, "{}", "null", "main.lock", "@{-1}", "a..b", "~", "con", "\u202e", "deadbeef", "0" * 40, "f" * 64,
]  # fmt: skip


@dataclass
class Target:
    """A Hub with something in it, and what leads to that."""

    running: RunningHub
    token: str
    real: dict[str, list[str]]
    """Name of a part of an address → values for which there is something."""
    keys: list[str]
    """Keys and tickets."""


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    data = tmp_path_factory.mktemp("fuzz") / "data"
    with running_hub(data) as running:
        yield _filled(running)
    fsck(data)


def _filled(running: RunningHub) -> Target:
    token = running.new_token()
    with caller(running.address, token) as call:
        assert call.create("model").status == 200
        index = '{"weight_map": {"a": "a.bin", "b": 3}}'
        lines = [text_file("README.md", "---\nlicense: mit\n---\n"), text_file("x.index.json", index)]
        commit = call.commit(REPOSITORY, "more", *lines).json()["commitOid"]
        assert upload_lfs(call, REPOSITORY, LARGE).status == 200
        assert commit_large(call, REPOSITORY, "a.bin", LARGE).status == 200
        assert upload_xet(call, REPOSITORY, LARGE * 3).status == 200
        assert call("POST", f"/api/models/{REPOSITORY}/tag/main", {"tag": "v1"}).status == 200
    file = running.hub.xet.by_sha256(sha256(LARGE * 3))
    assert file
    xorb = make_xorb(LARGE * 3)[0]
    real = {
        "revision": ["main", "v1", commit, commit[:8], "refs/pr/1"], "branch": ["main", "other"],
        "path": ["README.md", "a.bin", "x.index.json", ".gitattributes"], "hash": [file.hash, xorb],
        "sha256": [sha256(LARGE)], "number": ["1", "2", "0"], "status": ["pending", "accepted"],
        "name": ["your-username", "nobody"], "prefix": ["default"], "repo": [REPOSITORY],
    }  # fmt: skip
    return Target(running, token, real, list(_tickets(running, xorb)))


def _tickets(running: RunningHub, xorb: str) -> Iterator[str]:
    sign = running.hub.signer.sign
    yield sign("xet", scope="write", kind="model", repository=REPOSITORY, user="your-username")
    yield sign("xet", scope="read", kind="model", repository="nobody/nothing", user="")
    yield sign("xorb", xorb=xorb, first=0, last=1)
    yield sign("file", sha256=sha256(LARGE), name="é\n.bin")
    yield sign("upload", sha256=sha256(LARGE), size=len(LARGE), repository=1)
    yield sign("upload", sha256="0" * 64, size=40_000_000, repository=1)


# What is sent

FIELDS = """name type organization fromRepo toRepo visibility private gated files path size sample gitIgnore operation
    objects oid transfers deletions sha rewriteHistory status user requestId content encoding startingPoint tag message
    target sha256 repoType key value summary description parentCommit algo title comment""".split()
GOOD = [
    "model", REPOSITORY, "your-username", "main", "README.md", "a.bin", "public", "auto", "upload", "download",
    "multipart", "basic", "pending", "base64", "aGVsbG8=", sha256(LARGE), "file", "lfsFile", "deletedFile", "header",
    "deletedFolder", "closed", "open",
]  # fmt: skip
leaves = (
    some.none() | some.booleans() | some.sampled_from([0, -1, 1, 2**31, 2**63, 10**30, 0.5, float("nan")])
    | some.sampled_from(GOOD) | some.sampled_from(STRANGE) | some.text(max_size=20)
)  # fmt: skip
values = some.recursive(
    leaves,
    lambda inside: (
        some.lists(inside, max_size=4) | some.dictionaries(some.sampled_from(FIELDS), inside, max_size=8)
    ),
    max_leaves=25,
)
objects = some.dictionaries(some.sampled_from(FIELDS), values, min_size=1, max_size=10)
commit_lines = some.lists(
    some.fixed_dictionaries(
        {
            "key": some.sampled_from(["header", "file", "lfsFile", "deletedFile", "deletedFolder", "?"]),
            "value": some.fixed_dictionaries(
                {},
                optional=dict.fromkeys(
                    ("path", "content", "encoding", "oid", "summary", "parentCommit"), leaves
                ),
            ),
        }
    ),
    max_size=5,
)
bodies = some.one_of(
    objects.map(lambda data: json.dumps(data).encode()),
    commit_lines.map(lambda lines: b"\n".join(json.dumps(line).encode() for line in lines)),
    some.binary(max_size=300),
    some.sampled_from(
        [
            b"",
            b"{",
            b"[" * 100_000,
            b"\xff\xfe",
            b"null",
            b"[]",
            b"0" * 5000,
            gzip.compress(b"0" * 10_000),
            b"0032want " + b"0" * 40 + b"\n00000009done\n",
            b"\0" * 500,
            b"paths=README.md&expand=True",
            b"a=1&" * 20_000,
            json.dumps("\ud800").encode(),
            make_xorb(b"x" * 10)[1],
            b"HFRepo".ljust(300, b"\0"),
        ]
    ),
)
headers = some.fixed_dictionaries(
    {},
    optional={
        "Range": some.sampled_from(
            [
                "bytes=0-",
                "bytes=5-2",
                "bytes=-1",
                "bytes=-",
                "bytes=0-0,2-3",
                "bytes=99999999999999999999-",
                "x=1-2",
                "bytes=-0",
                "bytes=1-99999999999999999",
                "bytes=100000000-",
            ]
        ),
        "Content-Encoding": some.sampled_from(["gzip", "br", "deflate, gzip"]),
        "Accept": some.sampled_from(["text/plain", "*/*", ""]),
        "Content-Type": some.sampled_from(["application/json", "multipart/form-data", "a/b; charset=\xe9"]),
        "User-Agent": some.sampled_from(["git/2.39", "\xff"]),
        "Git-Protocol": some.just("version=2"),
        "If-None-Match": some.just("*"),
    },
)
numbers = some.sampled_from(["0", "1", "-1", "x", "9" * 30, "True", "²", ""])
queries = some.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("cursor", "limit", "create_pr", "recursive", "expand", "blobs", "full"), numbers),
        "sort": some.sampled_from(["downloads", "created_at", "tags", "siblings", "cardData", ""]),
        "filter": some.sampled_from(STRANGE),
        "search": some.sampled_from(STRANGE),
        "service": some.sampled_from(["git-upload-pack", "git-receive-pack", ""]),
    },
)


def addresses(route: Route, target: Target) -> some.SearchStrategy[str]:
    """Addresses that a route takes: most of its parts are real, some strange."""

    def part(text: str) -> some.SearchStrategy[str]:
        if not text.startswith("{"):
            return some.just(text)
        if text == "{kinds}":
            return some.sampled_from(["models", "models", "models", "datasets", "spaces"])
        if text == "{web}":
            return some.sampled_from(["", "", "", "/datasets"])
        name = text.strip("{}*")
        real = some.sampled_from(
            [quote(value, safe="/" if name in {"repo", "path"} else "") for value in target.real[name]]
        )
        strange = some.sampled_from(
            [quote(value.encode("utf-8", "surrogatepass"), safe="") or "%" for value in STRANGE]
        )
        return some.one_of(
            real, real, real, strange if text != "{repo}" else strange.map(lambda s: f"{s}/{s}")
        )

    return some.tuples(*map(part, re.split(r"(\{\w+\*?\})", route.pattern))).map("".join)


def send(address: str, data: bytes, *, hang_up: bool = False) -> bytes:
    """What comes back until the Hub closes. Raises TimeoutError if it does not."""
    where = urlsplit(address)
    with socket.create_connection((where.hostname, where.port or 0), timeout=GUARD) as connection:
        try:
            connection.sendall(data)
            if hang_up:
                connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(1 << 16), b""))
        except TimeoutError:
            raise
        except OSError:
            return b""  # refused while it was still being sent


def request(method: str, path: str, fields: dict[str, str], body: bytes) -> bytes:
    fields = {"Host": "localhost", "Content-Length": str(len(body)), "Connection": "close"} | fields
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def status(answer: bytes) -> int:
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", answer)
    assert found, answer[:200]
    return int(found[1])


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.pattern}")
def test_routes(target: Target, caplog: pytest.LogCaptureFixture, route: Route) -> None:
    assert set(re.findall(r"\{(\w+)\*?\}", route.pattern)) <= set(target.real) | {"kinds", "web"}
    assert set(PARTS) == {"{kinds}", "{web}", "{repo}"}
    logins = [f"Bearer {target.token}"] * 4 + [f"Bearer {key}" for key in target.keys[:2]] * 2
    logins += ["", "Basic !!!", "Basic " + "8J+k" * 3, "Bearer \xff", "Digest x"]

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        addresses(route, target),
        queries,
        some.sampled_from(["", *target.keys, "x.y", "é", "e30.e30"]),
        headers,
        some.sampled_from(logins),
        bodies,
    )
    def try_it(
        path: str, query: dict[str, str], ticket: str, fields: dict[str, str], login: str, body: bytes
    ) -> None:
        target.running.hub.failed_logins._failed.clear()
        words = [(name, value.encode("utf-8", "surrogatepass")) for name, value in query.items()]
        words += [("ticket", ticket.encode())] if ticket else []
        address = path + "?" + "&".join(f"{name}={quote(value)}" for name, value in words)
        fields = fields | ({"Authorization": login} if login else {})
        found = status(send(target.running.address, request(route.method, address, fields, body)))
        assert found < 500 or found == 501, caplog.text
        _mend(target)

    try_it()
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def _mend(target: Target) -> None:
    """Make what an example may have deleted or moved."""
    if target.running.hub.repositories.find("model", REPOSITORY) is None:
        with caller(target.running.address, target.token) as call:
            assert call.create("model").status == 200


POST = b"POST /api/validate-yaml HTTP/1.1\r\nHost: localhost\r\n"
BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "only a newline": b"\r\n",
    "no HTTP": b"hello\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
    "HTTP/0.9": b"GET /\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "no host": b"GET /api/whoami-v2 HTTP/1.1\r\n\r\n",
    "no host, HTTP/1.0": b"GET /api/whoami-v2 HTTP/1.0\r\n\r\n",
    "two hosts": b"GET /api/models HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
    "another's address": b"GET http://evil.example/api/models HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "NUL in the path": b"GET /a\0b HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "bytes in the path": b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "long path": b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "long header": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: a\r\n" * 20_000 + b"\r\n",
    "folded header": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n",
    "two lengths": POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "negative length": POST + b"Content-Length: -2\r\n\r\n{}",
    "huge length": POST + b"Content-Length: 9" + b"9" * 18 + b"\r\n\r\n{}",
    "cut off": POST + b"Content-Length: 200\r\n\r\n{}",
    "bad chunks": POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}",
    "chunks and length": POST + b"Content-Length: 2\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "upload cut off": b"PUT /_lfs/whole?ticket=x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nabc",
    "websocket": b"GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    "connect": b"CONNECT example.com:443 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "star": b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "unknown method": b"BREW /api/models HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "long method": b"A" * 10_000 + b" / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "three at once": b"GET /api/models HTTP/1.1\r\nHost: localhost\r\n\r\n" * 3,
}  # fmt: skip


@pytest.mark.parametrize("data", BROKEN.values(), ids=list(BROKEN))
def test_broken_http(target: Target, caplog: pytest.LogCaptureFixture, data: bytes) -> None:
    answer = send(target.running.address, data, hang_up=True)
    statuses = [int(found) for found in re.findall(rb"HTTP/1\.1 (\d{3}) ", answer)]
    assert all(found < 500 or found == 501 for found in statuses)
    with caller(target.running.address, target.token) as call:
        assert call("GET", "/api/whoami-v2").status == 200
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert not list((target.running.hub.folder.incoming).iterdir())


# Names of this machine, and others: a page elsewhere may have its own name lead here (DNS rebinding)


@pytest.mark.parametrize("host", ["localhost", "LocalHost:1", "127.0.0.1", "127.0.0.1:8100", "[::1]:8100"])
def test_own_names(target: Target, host: str) -> None:
    answer = send(target.running.address, request("GET", "/api/models", {"Host": host}, b""))
    assert status(answer) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "user@localhost", "localhost:80:80",
        "localhost:x", "localhost/..", "localhost?", "[::1", "", "localhost evil.example", "0.0.0.0", "127.0.0.2",
        "localhost:99999", "[::ffff:127.0.0.1]", "localhost\\evil.example",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "path", ["/api/models", f"/{REPOSITORY}/resolve/main/README.md", "/_xet/v1/telemetry"]
)
def test_names_of_others_are_refused(target: Target, host: str, path: str) -> None:
    answer = send(target.running.address, request("GET", path, {"Host": host}, b""))
    assert status(answer) == 400
    assert b"license: mit" not in answer


# Paths

CLIMBS = [
    "..%2f..%2f..%2fhub.sqlite", "../../../hub.sqlite", "..%5c..%5chub.sqlite", "%2e%2e/%2e%2e/hub.sqlite",
    "%252e%252e%252fhub.sqlite", "%2fetc%2fpasswd", "/etc/passwd", "a%00b", "%c0%ae%c0%ae/", "..%c0%afhub.sqlite",
    "a" * 5000, "%E2%80%AE", "....//hub.sqlite", "./README.md/.", "~", "%7e/.ssh", "C:%5cWindows",
]  # fmt: skip


@pytest.mark.parametrize("climb", CLIMBS)
@pytest.mark.parametrize(
    "place",
    ["/{repo}/resolve/main/{climb}", "/{repo}/resolve/{climb}/README.md", "/{repo}/raw/main/{climb}",
     "/_files/{climb}", "/_xet/xorbs/{climb}", "/{climb}/{climb}/resolve/main/README.md", "/{climb}"],
)  # fmt: skip
def test_nothing_outside_is_served(target: Target, place: str, climb: str) -> None:
    path = place.format(repo=REPOSITORY, climb=climb)
    fields = {"Authorization": f"Bearer {target.token}"}
    answer = send(target.running.address, request("GET", path, fields, b""))
    assert 400 <= status(answer) < 500 or status(answer) == 501
    assert b"SQLite format" not in answer
    assert b"root:" not in answer


BAD_PATHS = [
    "../x", "a/../../x", "/etc/passwd", "a//b", "a/", "./a", "a/.", ".git/config", ".GIT/hooks/x", "a/.git/x",
    "a\\b", "..\\x", "a\0b", "a\nb", "\ud800", "x" * 2000, "", "git~1", ".git ", ".git.", ".g\u200cit", ".git::$INDEX",
]  # fmt: skip


@pytest.mark.parametrize("path", BAD_PATHS)
def test_paths_that_a_commit_cannot_hold(target: Target, path: str) -> None:
    with caller(target.running.address, target.token) as call:
        answer = call.commit(REPOSITORY, "bad", text_file(path, "x"))
        assert answer.status in {400, 422}, path
        assert "path" in answer.json()["error"]


def test_wrong_methods(target: Target) -> None:
    """An address that is known, asked in a way that is not, is not served: nothing happens by mistake."""
    for path in ("/api/repos/create", "/api/whoami-v2", f"/api/models/{REPOSITORY}/commit/main"):
        for method in ("PATCH", "PUT", "OPTIONS", "TRACE", "LINK"):
            answer = send(target.running.address, request(method, path, {}, b"{}"))
            assert status(answer) == 501
