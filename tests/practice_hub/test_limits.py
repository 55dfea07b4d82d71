"""What the Hub refuses to take, what it keeps to itself, and how much memory it takes."""

from __future__ import annotations

import base64
import http.client
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from practice_hub.limits import Limits
from practice_hub.running import RunningHub, running_hub
from tests.practice_hub.processes import GUARD, caller, client_environment, new_token, start_hub, text_file
from tests.practice_hub.uploads import commit_large, upload_lfs
from tests.practice_hub.weights import REPOSITORY, move, write_weights

UPLOAD = """
import sys
from huggingface_hub import HfApi
try:
    HfApi().upload_file(path_or_fileobj=sys.argv[1], path_in_repo=sys.argv[2], repo_id="your-username/model")
except Exception as error:
    print(error)
"""


def upload_with_client(folder: Path, address: str, token: str, source: Path, name: str, *, xet: bool) -> str:
    """What the real client says when a file is refused."""
    environment = client_environment(folder / "home", address, token, xet=xet)
    command = [sys.executable, "-c", UPLOAD, str(source), name]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=GUARD, check=True)
    return done.stdout + done.stderr


@pytest.fixture
def strict() -> Iterator[RunningHub]:
    limits = Limits(large_file=1_000_000, regular_file=100_000, request=200_000, failed_logins=10)
    with running_hub(limits=limits) as running, caller(running.address, running.new_token()) as call:
        assert call.create("model").status == 200
        yield running


@pytest.mark.parametrize("xet", [False, True], ids=["lfs", "xet"])
def test_file_over_the_limit(strict: RunningHub, tmp_path: Path, *, xet: bool) -> None:
    source = tmp_path / "weights.bin"
    source.write_bytes(b"\0" * 1_500_000)
    said = upload_with_client(tmp_path, strict.address, strict.new_token(), source, "weights.bin", xet=xet)
    assert "weights.bin has 1.5 MB; this Hub takes files of up to 1 MB." in said
    assert not [path for path in strict.hub.folder.large.rglob("*") if path.is_file()]


def test_body_over_the_limit(strict: RunningHub) -> None:
    """Whether its length is announced or not."""
    with caller(strict.address, strict.new_token()) as call:
        answer = call("POST", "/api/validate-yaml", b"x" * 300_000)
        assert (answer.status, answer.json()["error"]) == (
            413,
            "This Hub takes up to 200 kB here, not 300 kB.",
        )
    connection = http.client.HTTPConnection(urlsplit(strict.address).netloc, timeout=GUARD)
    pieces = (b"x" * 50_000 for _ in range(6))
    connection.request(
        "POST", "/api/validate-yaml", pieces, {"Transfer-Encoding": "chunked"}, encode_chunked=True
    )
    assert connection.getresponse().status == 413
    connection.close()


def test_regular_file_over_the_limit(strict: RunningHub) -> None:
    with caller(strict.address, strict.new_token()) as call:
        answer = call.commit("your-username/model", "too large", text_file("a.txt", "x" * 120_000))
        assert answer.status == 413
        assert "a.txt has 120 kB; only large files (LFS) may have over 100 kB" in answer.json()["error"]


def test_failed_tokens_are_slowed_down(strict: RunningHub, tmp_path: Path) -> None:
    """A good token from the same address is let in all the while."""
    token = strict.new_token()
    with caller(strict.address) as call:
        for number in range(15):
            bad = {"Authorization": f"Bearer hf_{number}"}
            assert call("GET", "/api/whoami-v2", None, bad).status == (401 if number < 10 else 429)
            assert call("GET", "/api/whoami-v2", None, {"Authorization": f"Bearer {token}"}).status == 200
            assert call("GET", "/api/models").status == 200
        basic = base64.b64encode(b"user:hf_wrong").decode()
        answer = call("GET", "/api/whoami-v2", None, {"Authorization": f"Basic {basic}"})
        assert answer.status == 429
    source = tmp_path / "a.txt"
    source.write_text("x")
    environment = client_environment(tmp_path / "home", strict.address, "hf_wrong")
    command = [sys.executable, "-c", "from huggingface_hub import whoami\nwhoami()"]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=GUARD, check=False
    )
    assert "Too many tokens that are none. Wait " in done.stderr
    assert upload_with_client(tmp_path, strict.address, token, source, "a.txt", xet=False).strip() == ""


# Tokens


def test_tokens_are_kept_nowhere(tmp_path: Path) -> None:
    """Not in what the Hub prints, nor on its disk, nor in an address that it gives, whole or as its end."""
    data, logs = tmp_path / "data", tmp_path / "logs"
    with start_hub(data, logs) as hub:
        canary, wrong = new_token(data), "hf_" + "Canary" * 5 + "Xyzw"
        headers = _use(hub.address, canary) + _use(hub.address, wrong)
        source = tmp_path / "weights.bin"
        source.write_bytes(b"\0" * 100_000)
        for xet in (False, True):
            said = upload_with_client(tmp_path, hub.address, canary, source, f"{xet}.bin", xet=xet)
            assert said.strip() == ""
        hub.stop()
        files = [path for folder in (data, logs) for path in folder.rglob("*") if path.is_file()]
        kept = {str(path): path.read_bytes() for path in files} | {"headers": "\n".join(headers).encode()}
        for where, content in kept.items():
            for token in (canary, wrong):
                assert token[-8:].encode() not in content, where
        assert hub.first_token in (logs / "stdout").read_text()  # shown once, so that it can be used
        assert not any(
            hub.first_token[-8:].encode() in path.read_bytes() for path in files if data in path.parents
        )


def _use(address: str, token: str) -> list[str]:
    """Show a token in all ways, right and wrong. Returns the headers of the answers."""
    found = []
    basic = {"Authorization": "Basic " + base64.b64encode(f"me:{token}".encode()).decode()}
    with caller(address, token) as call:
        answers = [call.create("model"), upload_lfs(call, "your-username/model", b"large" * 100)]
        answers.append(commit_large(call, "your-username/model", "a.bin", b"large" * 100))
        for method, path in (
            ("GET", "/api/whoami-v2"), ("GET", f"/not/served/at/all?token={token}"), ("PATCH", "/api/models"),
            ("GET", "/your-username/model/resolve/main/a.bin"), ("GET", "/api/models?limit=x"),
            ("GET", f"/_files/x?ticket={token}"), ("POST", "/_lfs/verify"), ("GET", "/api/models/nobody/nothing"),
            ("GET", "/api/models/your-username/model/xet-write-token/main"),
        ):  # fmt: skip
            answers += [call(method, path), call(method, path, None, basic)]
        answers.append(call("GET", "/_xet/v1/reconstructions/x"))
    for answer in answers:
        found += [str(answer.headers), answer.body.decode("latin-1")]
    return found


# Memory


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how much memory a process ever had")
@pytest.mark.parametrize("way", ["multipart", "whole", "xet"])
def test_memory_for_a_large_file(tmp_path: Path, way: str) -> None:
    """64 MB up and down. `make bench` does it with 200 MB."""
    weights = tmp_path / "weights.bin"
    write_weights(weights, 64)
    with start_hub(tmp_path / "data", tmp_path / "logs") as hub:
        with caller(hub.address, hub.first_token) as call:
            assert call.create(REPOSITORY.partition("/")[2]).status == 200
        move(hub, weights, way, tmp_path)
        assert hub.peak_memory() <= 150
    assert (tmp_path / "logs" / "stderr").read_text() == ""
