"""What a browser, a curious person or a broken client may send: no client library between."""

from __future__ import annotations

import http.client
import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from practice_hub.limits import Limits
from practice_hub.running import RunningHub, running_hub


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass
class Caller:
    running: RunningHub
    token: str

    def __call__(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        headers: dict[str, str] | None = None,
        *,
        token: str | None = "",
    ) -> Answer:
        """Paths go out as they are written here."""
        connection = http.client.HTTPConnection(urlsplit(self.running.address).netloc, timeout=20)
        sent = dict(headers or {})
        if token is not None:
            sent["Authorization"] = f"Bearer {token or self.token}"
        connection.request(method, path, body, sent)
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        connection.close()
        return answer


@pytest.fixture
def call(tmp_path: Path) -> Iterator[Caller]:
    with running_hub(tmp_path / "hub", limits=Limits(request=10_000, failed_logins=5)) as running:
        caller = Caller(running, running.new_token())
        made = caller("POST", "/api/repos/create", json.dumps({"name": "penguins"}))
        assert made.status == 200, made.body
        yield caller


REPO = "/your-username/penguins"
API = f"/api/models{REPO}"


def test_what_is_not_served_is_named_and_noted(call: Caller) -> None:
    answer = call("GET", "/api/models/your-username/penguins/no-such-thing")
    assert answer.status == 501
    assert b"practice-hub does not serve GET /api/models/your-username/penguins/no-such-thing" in answer.body
    assert call.running.server.unserved == ["GET /api/models/your-username/penguins/no-such-thing"]


def test_what_the_client_does_not_show_is_in_the_window(
    call: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    key = json.loads(call("GET", f"{API}/xet-write-token/main").body)["accessToken"]
    answer = call("POST", "/_xet/v1/shards", bytes(48), token=key)
    assert answer.status == 400
    assert f"{json.loads(answer.body)['error']} (POST /_xet/v1/shards)" in caplog.text
    caplog.clear()
    assert call("GET", f"/_xet/v1/chunks/default/{'0' * 64}", token=key).status == 404
    assert caplog.text == ""


def test_git_push_is_told_in_words(call: Caller, tmp_path: Path) -> None:
    """Git shows what is plain text, and of anything else the number alone."""
    work = str(tmp_path / "work")
    me = ("-c", "user.name=me", "-c", "user.email=me@practice-hub.invalid")
    for command in (["init", "-q", work], ["-C", work, *me, "commit", "-q", "--allow-empty", "-m", "x"]):
        subprocess.run(["git", *command], check=True)
    place = urlsplit(call.running.address).netloc
    push = ["git", "-C", work, "push", f"http://me:{call.token}@{place}{REPO}", "HEAD:main"]
    pushed = subprocess.run(push, capture_output=True, text=True, check=False)
    assert pushed.returncode != 0
    assert "remote: practice-hub does not serve git push: use `hf upload`" in pushed.stderr


@pytest.mark.parametrize("path", ["/api/collections", "/api/models-tags-by-type", "/api/daily_papers"])
def test_what_is_like_a_page_and_not_served_is_named(call: Caller, path: str) -> None:
    answer = call("GET", path)
    assert answer.status == 501
    assert f"practice-hub does not serve GET {path}".encode() in answer.body


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1@evil.example", "", "127.0.0.1.nip.io"]
)
def test_names_that_lead_here_from_elsewhere(call: Caller, host: str) -> None:
    answer = call("GET", "/api/whoami-v2", headers={"Host": host})
    assert answer.status == 400
    assert b"not called by this name" in answer.body


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:80"])
def test_names_of_this_machine(call: Caller, host: str) -> None:
    assert call("GET", "/api/whoami-v2", headers={"Host": host}).status == 200


@pytest.mark.parametrize(
    "path",
    [
        f"{REPO}/resolve/main/../../../../hub.sqlite",
        f"{REPO}/resolve/main/%2e%2e/%2e%2e/hub.sqlite",
        f"{REPO}/resolve/..%2f..%2fHEAD/config",
        f"{REPO}/resolve/refs%2f..%2f..%2fHEAD/config",
        f"{REPO}/resolve/refs%2fheads%2fmain%00/config",
        "/..%2f../etc/resolve/main/x",
        f"{REPO}/raw/main//etc/passwd",
        "/_files/..%2f..%2fhub.sqlite",
        "/_xet/xorbs/..%2f..%2fhub.sqlite",
    ],
)
def test_no_way_out_of_the_repository(call: Caller, path: str) -> None:
    answer = call("GET", path)
    assert answer.status in {400, 401, 403, 404}
    assert b"SQLite" not in answer.body


@pytest.mark.parametrize(
    "path",
    ["../x", "/x", "a//b", "a/./b", ".git/config", "a/.GIT/b", "a\\b", "a\nb", "", "a:b", "a/" + "ä" * 128],
)
def test_paths_that_are_refused(call: Caller, path: str) -> None:
    lines = [
        {"key": "header", "value": {"summary": "x"}},
        {"key": "file", "value": {"path": path, "content": "x"}},
    ]
    answer = call("POST", f"{API}/commit/main", "\n".join(map(json.dumps, lines)))
    assert answer.status == 422


@pytest.mark.parametrize(
    ("config", "shown"),
    [
        ('{"model_type": "\\ud800"}', None),
        ('{"model_type": NaN, "architectures": [1e999]}', {"model_type": "nan", "architectures": ["inf"]}),
    ],
)
def test_no_file_breaks_the_list(call: Caller, config: str, shown: object) -> None:
    """What JSON cannot carry is no answer of the server's that fails."""
    lines = [
        {"key": "header", "value": {"summary": "x"}},
        {"key": "file", "value": {"path": "config.json", "content": config}},
    ]
    assert call("POST", f"{API}/commit/main", "\n".join(map(json.dumps, lines))).status == 200
    assert json.loads(call("GET", API).body).get("config") == shown
    listed = call("GET", "/api/models?expand=config")
    assert listed.status == 200, listed.body


def test_too_many_wrong_tokens(call: Caller) -> None:
    statuses = [call("GET", "/api/whoami-v2", token="hf_wrong").status for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    assert call("GET", "/api/whoami-v2").status == 200


def test_requests_that_are_too_large(call: Caller) -> None:
    answer = call("POST", "/api/validate-yaml", b"x" * 10_001)
    assert answer.status == 413
    assert b"takes up to 10 kB" in answer.body


@pytest.mark.parametrize(
    "body", ["", "[", "[]", "null", '"x"', '{"name": 1}', '{"name": null}', "[" * 100_00, "\xff"]
)
def test_bodies_that_are_no_such_thing(call: Caller, body: str) -> None:
    for method, path in (
        ("POST", "/api/repos/create"),
        ("POST", f"{API}/preupload/main"),
        ("POST", f"{API}/tag/main"),
        ("POST", f"{REPO}.git/info/lfs/objects/batch"),
        ("POST", f"{API}/lfs-files/batch"),
    ):
        assert call(method, path, body.encode("latin-1")).status == 400


@pytest.mark.parametrize("transfers", [None, 5, {}, "multipart", ["basic"]])
def test_large_files_go_whole_where_no_parts_are_known(call: Caller, transfers: object) -> None:
    large = {"oid": "a" * 64, "size": 1_000_000_000}
    asked = {"operation": "upload", "transfers": transfers, "objects": [large]}
    answer = call("POST", f"{REPO}.git/info/lfs/objects/batch", json.dumps(asked))
    assert (answer.status, json.loads(answer.body)["transfer"]) == (200, "basic")


@pytest.mark.parametrize("asked", ["bytes=a-b", "bytes=5-2", "bytes=-", "lines=1-2", "bytes=0-1,3-4"])
def test_ranges_that_are_none(call: Caller, asked: str) -> None:
    """RFC 9110 allows to send the whole then."""
    answer = call("GET", f"{REPO}/resolve/main/.gitattributes", headers={"Range": asked})
    assert answer.status == 200
    assert len(answer.body) == int(answer.headers["Content-Length"])


def test_uploads_act_as_no_page(call: Caller) -> None:
    lines = [
        {"key": "header", "value": {"summary": "x"}},
        {"key": "file", "value": {"path": "x.html", "content": "<script>alert(1)</script>"}},
    ]
    assert call("POST", f"{API}/commit/main", "\n".join(map(json.dumps, lines))).status == 200
    answer = call("GET", f"{REPO}/resolve/main/x.html")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_no_token_is_kept(call: Caller) -> None:
    """Neither the database nor any other file holds a token's text."""
    call("GET", "/api/whoami-v2")
    folder = call.running.hub.folder.root
    for path in folder.rglob("*"):
        if path.is_file():
            assert call.token.encode() not in path.read_bytes(), path


def test_no_token_is_logged(call: Caller, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    call("GET", f"/api/not/served?token={call.token}")
    assert "does not serve" in caplog.text
    assert call.token not in caplog.text
