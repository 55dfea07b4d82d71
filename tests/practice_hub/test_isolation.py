"""Who may ask the Hub: nobody at another address or under another name."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from practice_hub.limits import Limits
from practice_hub.running import RunningHub, running_hub
from tests.practice_hub.processes import GUARD, Caller, caller


@pytest.fixture(scope="module")
def running() -> Iterator[RunningHub]:
    with running_hub(limits=Limits(failed_logins=3)) as started:
        yield started


def status(running: RunningHub, request: str) -> int:
    place = urlsplit(running.address)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=GUARD) as connection:
        connection.sendall(request.encode())
        return int(connection.recv(100).split()[1])


def test_it_answers_at_its_own_address_alone(running: RunningHub) -> None:
    with pytest.raises(OSError, match=r"."):
        socket.create_connection(("127.0.0.2", urlsplit(running.address).port), timeout=GUARD)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1\r\nHost: evil.example", "u@127.0.0.1", "localhost."]
)
@pytest.mark.parametrize("path", ["/", "/api/models", "/login", "/_files/x", "/static/hub.css"])
def test_other_names(running: RunningHub, host: str, path: str) -> None:
    assert status(running, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n") == 400


def test_a_guess_cannot_give_itself_another_address(running: RunningHub) -> None:
    with caller(running.address) as call:
        answers = [_guess(call, number) for number in range(4)]
    assert answers == [401, 401, 401, 429]


def _guess(call: Caller, number: int) -> int:
    headers = {"Authorization": "Bearer wrong", "X-Forwarded-For": f"192.0.2.{number}"}
    return call("GET", "/api/whoami-v2", None, headers).status


@pytest.mark.parametrize("origin", ["http://127.0.0.1:1", "null", "https://evil.example"])
def test_no_other_origin_may_read_or_ask_for_more(running: RunningHub, origin: str) -> None:
    with caller(running.address) as call:
        for method in ("GET", "OPTIONS", "POST"):
            answer = call(method, "/api/repos/create", None, {"Origin": origin})
            assert answer.status in {401, 501}
            assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", ["/api/validate-yaml", "/_lfs/whole", "/_xet/v1/shards", "/login"])
def test_no_page_of_another_site_may_change_anything(running: RunningHub, site: str, path: str) -> None:
    """Also of another port of this machine, which browsers call the same site."""
    with caller(running.address) as call:
        method = "PUT" if path == "/_lfs/whole" else "POST"
        answer = call(method, path, b'{"content": ""}', {"Sec-Fetch-Site": site})
        assert answer.status == 403
        assert (
            call("POST", "/api/validate-yaml", b'{"content": ""}', {"Sec-Fetch-Site": "none"}).status == 200
        )
        assert call("GET", "/", None, {"Sec-Fetch-Site": site}).status == 200


@pytest.mark.parametrize(
    ("request_line", "refused"),
    [
        ("PUT /_lfs/whole", 403),
        ("PUT /_lfs/part/1?ticket=x.y", 403),
        ("POST /_lfs/complete", 403),
        ("POST /_lfs/verify", 403),
        (f"POST /_xet/v1/xorbs/default/{'0' * 64}", 401),
        ("POST /_xet/v1/shards", 401),
    ],
)
def test_nothing_is_received_without_a_ticket(running: RunningHub, request_line: str, refused: int) -> None:
    """The answer comes though no byte of the body is sent: else strangers could fill the disk."""
    headers = "Host: 127.0.0.1\r\nContent-Length: 50000000\r\n"
    assert status(running, f"{request_line} HTTP/1.1\r\n{headers}\r\n") == refused
