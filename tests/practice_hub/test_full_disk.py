"""The disk is full: the message says so, what was stored is still there, and it works again when there is room."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from practice_hub.errors import DISK_FULL
from practice_hub.running import RunningHub, running_hub
from tests.disks import leave_room, mounted
from tests.practice_hub.processes import (
    GUARD,
    Answer,
    Caller,
    caller,
    client_environment,
    fsck,
    start_hub,
    text_file,
)
from tests.practice_hub.uploads import commit_large, download, upload_lfs, upload_xet

MODEL = "your-username/model"
TEXT = "first\n" * 50
MESSAGE = "The Hub's disk is full. Nothing was changed. Make room, and try again."
PAGE = 4096
XET_REFUSAL = 422  # the Xet client asks again after most others

# A file system that is really full


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "disk", megabytes=12) as place:
        yield place


def attempts(call: Caller, number: int) -> list[tuple[str, Answer]]:
    """Everything that needs room, by a name."""
    large = bytes([number]) * 30_000
    return [
        ("commit", call.commit(MODEL, f"commit {number}", text_file(f"folder/{number}.txt", f"{number}"))),
        ("create", call.create(f"new-{number}")),
        ("lfs", upload_lfs(call, MODEL, large)),
        ("large", commit_large(call, MODEL, f"{number}.bin", large)),
        ("xet", upload_xet(call, MODEL, large[:-1])),
        ("settings", call("PUT", f"/api/models/{MODEL}/settings", {"gated": "auto"})),
        ("tag", call("POST", f"/api/models/{MODEL}/tag/main", {"tag": f"v{number}"})),
        ("branch", call("POST", f"/api/models/{MODEL}/branch/b{number}", {})),
    ]


def test_file_system_that_is_full(small_disk: Path, tmp_path: Path) -> None:
    """With room for 0, 1, 2 … pages, so that each step of the work is the one that fails in one of the rounds."""
    data, logs = small_disk / "data", tmp_path / "logs"
    refused, commits = 0, {}
    with start_hub(data, logs) as hub, caller(hub.address, hub.first_token) as call:
        assert call.create("model").status == 200
        assert call.commit(MODEL, "first", text_file("a.txt", TEXT)).status == 200
        for number in range(0, 30, 2):
            leave_room(small_disk, number * PAGE)
            for name, answer in attempts(call, number):
                full = answer.status in {DISK_FULL, XET_REFUSAL}
                missing = name == "large" and answer.status == 400  # it was not uploaded
                assert answer.status == 200 or full or missing, (name, number, answer)
                refused += full
                if full:
                    assert answer.json()["error"] == MESSAGE
                if name in {"commit", "large"} and answer.status == 200:
                    commits[answer.json()["commitOid"]] = name
            assert download(call, MODEL, "a.txt").body == TEXT.encode()
        (small_disk / "balloon").unlink()
        assert refused > 15
        assert {answer.status for _, answer in attempts(call, 200)} == {200}
        assert commits.keys() <= call.history(MODEL).keys()
        hub.kill()
        call.close()
        with start_hub(data, logs, hub.port):
            assert commits.keys() <= call.history(MODEL).keys()
            assert {answer.status for _, answer in attempts(call, 201)} == {200}
    fsck(data)
    assert "ERROR" not in hub.log()


def test_client_shows_that_the_disk_is_full(small_disk: Path, tmp_path: Path) -> None:
    source = tmp_path / "weights.bin"
    source.write_bytes(os.urandom(3_000_000))
    program = """if True:
        import sys
        from huggingface_hub import HfApi
        HfApi().upload_file(path_or_fileobj=sys.argv[1], path_in_repo="weights.bin", repo_id="your-username/model")
        """
    with (
        start_hub(small_disk / "data", tmp_path / "logs") as hub,
        caller(hub.address, hub.first_token) as call,
    ):
        assert call.create("model").status == 200
        for xet in (False, True):
            leave_room(small_disk, 1_000_000)
            environment = client_environment(tmp_path / "home", hub.address, hub.first_token, xet=xet)
            command = [sys.executable, "-c", program, str(source)]
            done = subprocess.run(
                command, env=environment, capture_output=True, text=True, timeout=GUARD, check=False
            )
            assert (
                str(XET_REFUSAL) if xet else MESSAGE
            ) in done.stderr  # hf_xet shows only an answer's status
            (small_disk / "balloon").unlink()
            subprocess.run(command, env=environment, capture_output=True, timeout=GUARD, check=True)


# Faults that need no file system of their own


@pytest.fixture
def running() -> Iterator[RunningHub]:
    with running_hub() as started, caller(started.address, started.new_token()) as call:
        assert call.create("model").status == 200
        assert call.commit(MODEL, "first", text_file("a.txt", TEXT)).status == 200
        yield started
    # The Hub is closed: what is left is checked by `git fsck` in the test above.


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_received_file_for_which_there_is_no_room(
    running: RunningHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes in is written to /dev/full, which says so as a full disk does."""
    full = running.hub.folder.incoming / "full"

    def new_file() -> Path:
        full.symlink_to("/dev/full")
        return full

    with caller(running.address, running.new_token()) as call, monkeypatch.context() as patch:
        patch.setattr(running.hub.folder, "new_file", new_file)
        for upload, status in ((upload_lfs, DISK_FULL), (upload_xet, XET_REFUSAL)):
            answer = upload(call, MODEL, b"x" * 100_000)
            assert (answer.status, answer.json()["error"]) == (status, MESSAGE)
        patch.undo()
        assert not list(running.hub.folder.incoming.iterdir())
        assert upload_lfs(call, MODEL, b"x" * 100_000).status == 200


@pytest.mark.parametrize("passed", range(8))
def test_sync_that_fails(running: RunningHub, monkeypatch: pytest.MonkeyPatch, passed: int) -> None:
    """The first syncs of a commit are done, the next ones fail."""
    left = passed
    real: Callable[[int], None] = os.fsync

    def fsync(descriptor: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    with caller(running.address, running.new_token()) as call:
        before = call.history(MODEL)
        monkeypatch.setattr(os, "fsync", fsync)
        answer = call.commit(MODEL, "second", text_file("folder/b.txt", "b"))
        assert (answer.status, answer.json()["error"]) == (DISK_FULL, MESSAGE)
        monkeypatch.undo()
        assert call.history(MODEL) == before
        assert download(call, MODEL, "a.txt").body == TEXT.encode()
        assert call.commit(MODEL, "second", text_file("folder/b.txt", "b")).status == 200
        fsck(running.hub.folder.root)


def test_database_that_cannot_grow(running: RunningHub) -> None:
    connection = running.hub.database._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    with caller(running.address, running.new_token()) as call:
        connection.execute(f"PRAGMA max_page_count = {pages}")
        statuses: list[int] = []
        while statuses.count(DISK_FULL) < 3 and len(statuses) < 200:
            statuses.append(call.create(f"new-{len(statuses)}" + "x" * 80).status)
        assert set(statuses) == {200, DISK_FULL}
        connection.execute("PRAGMA max_page_count = 1000000")
        assert call.create("after").status == 200
        named = {item["id"] for item in call("GET", "/api/models?limit=1000").json()}
        assert len(named) == 2 + statuses.count(200)
    fsck(running.hub.folder.root)
