"""Moving a large file up and down, each way that there is; shared by a test and the bench."""

from __future__ import annotations

import hashlib
import http.client
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.practice_hub.processes import GUARD, HubProcess, caller, client_environment

REPOSITORY = "your-username/weights"
WAYS = ("multipart", "whole", "xet")
PIECE = 1 << 20

UP = """
import sys, time
from huggingface_hub import HfApi
began = time.perf_counter()
HfApi().upload_file(path_or_fileobj=sys.argv[1], path_in_repo="weights.bin", repo_id=sys.argv[2])
print(time.perf_counter() - began)
"""
DOWN = """
import hashlib, sys, time
from huggingface_hub import hf_hub_download
began = time.perf_counter()
path = hf_hub_download(sys.argv[2], "weights.bin")
print(time.perf_counter() - began)
with open(path, "rb") as file:
    print(hashlib.file_digest(file, "sha256").hexdigest())
"""


@dataclass(frozen=True)
class Moved:
    """How long it took, in seconds."""

    up: float
    down: float


def write_weights(path: Path, megabytes: int) -> None:
    """A file of bytes that no compression makes smaller."""
    chance = random.Random(megabytes)
    with path.open("wb") as file:
        for _ in range(megabytes):
            file.write(chance.randbytes(1_000_000))


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def move(hub: HubProcess, weights: Path, way: str, folder: Path) -> Moved:
    """Upload and download a file; raises AssertionError if another one comes back."""
    if way == "whole":
        return _whole(hub, weights)
    environment = client_environment(folder / "home", hub.address, hub.first_token, xet=way == "xet")
    printed = []
    for program in (UP, DOWN):
        command = [sys.executable, "-c", program, str(weights), REPOSITORY]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=10 * GUARD
        )
        assert done.returncode == 0, done.stderr
        printed += done.stdout.split()
    assert printed[2] == sha256_of(weights)
    return Moved(float(printed[0]), float(printed[1]))


def _whole(hub: HubProcess, weights: Path) -> Moved:
    """As git-lfs does it, and clients whose files are smaller than a part."""
    sha256, size = sha256_of(weights), weights.stat().st_size
    with caller(hub.address, hub.first_token) as call:
        asked = {"operation": "upload", "transfers": ["basic"], "objects": [{"oid": sha256, "size": size}]}
        item = call("POST", f"/{REPOSITORY}.git/info/lfs/objects/batch", asked).json()["objects"][0]
        began = time.perf_counter()
        connection = http.client.HTTPConnection(urlsplit(hub.address).netloc, timeout=GUARD)
        with weights.open("rb") as file:
            place = item["actions"]["upload"]["href"].removeprefix(hub.address)
            connection.request("PUT", place, file, {"Content-Length": str(size)})
            response = connection.getresponse()
            assert (response.status, response.read()) == (200, b"")
        up = time.perf_counter() - began
        asked["operation"] = "download"
        item = call("POST", f"/{REPOSITORY}.git/info/lfs/objects/batch", asked).json()["objects"][0]
    place = item["actions"]["download"]["href"].removeprefix(hub.address)
    down = download_time(connection, place, sha256)
    connection.close()
    return Moved(up, down)


def download_time(connection: http.client.HTTPConnection, path: str, sha256: str) -> float:
    """Seconds that a download takes."""
    found = hashlib.sha256()
    began = time.perf_counter()
    connection.request("GET", path)
    response = connection.getresponse()
    assert response.status == 200
    while piece := response.read(PIECE):
        found.update(piece)
    seconds = time.perf_counter() - began
    assert found.hexdigest() == sha256
    return seconds
