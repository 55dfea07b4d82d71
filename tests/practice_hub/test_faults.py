"""A data folder that cannot be written, a clock that is set back, a file that one deletes while another commits it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from practice_hub.errors import HubError
from practice_hub.hub import Hub
from practice_hub.large_files import LargeStorage
from practice_hub.running import RunningHub, running_hub
from practice_hub.signing import LIFETIME, Signer
from practice_hub.store.git import GitRepository
from practice_hub.store.large import LargeFiles
from tests.disks import mounted, read_only
from tests.practice_hub.processes import Caller, caller, fsck, text_file
from tests.practice_hub.uploads import commit_large, download, sha256, upload_lfs

MODEL = "your-username/model"
LARGE = b"large " * 1000

# A folder that cannot be written


def practice_hub(*arguments: str | Path) -> tuple[int, str]:
    command = [sys.executable, "-m", "practice_hub", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stderr


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """Not even with all that a Hub needs in it: the first upload would fail."""
    with mounted(tmp_path / "disk", megabytes=12) as disk:
        with Hub(disk / "data") as hub:
            hub.first_account()
        with read_only(disk):
            for arguments in (["--port", "0"], ["token"]):
                code, told = practice_hub(*arguments, "--data", disk / "data")
                assert code == 1
                assert told.startswith(f"error: {disk / 'data'}: nothing can be written here (")
                assert told.endswith("). Check space and rights, or use --data.\n")
                assert told.count("\n") == 1
            code, told = practice_hub("--port", "0", "--data", disk / "new")
            message = (
                "nothing can be written here (Read-only file system). Check space and rights, or use --data."
            )
            assert (code, told) == (1, f"error: {disk / 'new'}: {message}\n")


def test_a_lock_that_cannot_be_taken_is_not_taken_for_another_hub(tmp_path: Path) -> None:
    (tmp_path / "in-use.sqlite").mkdir()
    with pytest.raises(sqlite3.OperationalError, match="unable to open database file"):
        Hub(tmp_path)


# A clock that is set back


def test_a_ticket_from_the_future_is_not_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a clock that is set back by a day would make each address of a file good for a day more."""
    signer, now = Signer(b"secret"), time.time()
    ticket = signer.sign("file", name="x")
    for later, good in ((0, True), (LIFETIME - 1, True), (LIFETIME + 1, False), (-30, True), (-3600, False)):
        monkeypatch.setattr("time.time", lambda later=later: now + later)
        if good:
            assert signer.read("file", ticket)["name"] == "x"
        else:
            with pytest.raises(HubError, match="not valid, or not any more"):
                signer.read("file", ticket)


def test_commits_and_pages_with_a_clock_that_is_set_back(tmp_path: Path) -> None:
    """The order is that of the commits, not of their dates; git finds no fault with it."""
    times = iter(range(1_900_000_000, 0, -1_000_000))
    with ExitStack() as stack:
        running = stack.enter_context(running_hub(tmp_path / "data", clock=lambda: next(times)))
        call = stack.enter_context(caller(running.address, running.new_token()))
        assert call.create("model").status == 200
        for number in range(5):
            assert call.commit(MODEL, f"commit {number}", text_file("a.txt", str(number))).status == 200
        assert call.commit(MODEL, "proposed", text_file("b.txt", "b")).status == 200
        history = list(call.history(MODEL).values())
        assert history == [
            "proposed",
            *(f"commit {number}" for number in range(4, -1, -1)),
            "initial commit",
        ]
        assert download(call, MODEL, "a.txt").body == b"4"
        assert upload_lfs(call, MODEL, LARGE).status == 200
        assert commit_large(call, MODEL, "a.bin", LARGE).status == 200
        assert download(call, MODEL, "a.bin").body == LARGE
        for page in (f"/{MODEL}", f"/{MODEL}/commits/main", "/models"):
            assert call("GET", page, None, {"Accept": "text/html"}).status == 200
    fsck(tmp_path / "data")


# One deletes a large file for good, another one commits it


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningHub]:
    with running_hub(tmp_path / "hub") as started:
        yield started


@pytest.fixture
def call(running: RunningHub) -> Iterator[Caller]:
    with caller(running.address, running.new_token()) as made:
        for name in ("model", "other"):
            assert made.create(name).status == 200
        assert upload_lfs(made, MODEL, LARGE).status == 200
        assert commit_large(made, MODEL, "a.bin", LARGE).status == 200
        yield made


def delete(storage: LargeStorage, running: RunningHub) -> None:
    """Delete all large files of the model for good."""
    repository = running.hub.repositories.find("model", MODEL)
    assert repository
    git = running.hub.repositories.git(repository)
    ids = [file.id for file in storage.listed(repository, git)]
    storage.delete_for_good(repository, git, ids, rewrite_history=True)


@pytest.mark.parametrize("way", ["main", "main?create_pr=1"])
def test_deleted_between_the_look_and_the_commit(
    running: RunningHub, call: Caller, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """The commit is refused: it would lead to a file that is gone."""
    real = GitRepository.add_blob
    left = [1]

    def add_blob(git: GitRepository, data: bytes) -> str:
        if b"oid sha256:" in data and left.pop():
            delete(running.hub.large, running)
        return real(git, data)

    monkeypatch.setattr(GitRepository, "add_blob", add_blob)
    pointer = (
        f'{{"key": "lfsFile", "value": {{"path": "b.bin", "algo": "sha256", "oid": "{sha256(LARGE)}"}}}}'
    )
    body = f'{{"key": "header", "value": {{"summary": "again"}}}}\n{pointer}'.encode()
    answer = call("POST", f"/api/models/{MODEL}/commit/{way}", body)
    assert left == []
    assert (answer.status, "was not uploaded to this repository" in answer.json()["error"]) == (400, True)
    assert "again" not in call.history(MODEL).values()
    assert call("GET", f"/api/models/{MODEL}/discussions").json()["discussions"] == []


@pytest.mark.parametrize("what", ["the file", "its repository"])
def test_uploaded_to_another_repository_while_it_is_deleted(
    running: RunningHub, call: Caller, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Between the look whether anybody has it and its removal, nobody is given it: it comes after that, and stays."""
    answers: list[int] = []
    real = LargeFiles.remove

    def work() -> None:
        with caller(running.address, call.token) as another:
            answers.append(upload_lfs(another, "your-username/other", LARGE).status)

    other = threading.Thread(target=work)

    def remove(files: LargeFiles, name: str) -> None:
        other.start()
        other.join(0.3)  # as far as it comes
        real(files, name)

    monkeypatch.setattr(LargeFiles, "remove", remove)
    if what == "the file":
        delete(running.hub.large, running)
    else:
        repository = running.hub.repositories.find("model", MODEL)
        assert repository
        running.hub.delete_repository(repository)
    other.join()
    assert answers == [200]
    assert commit_large(call, "your-username/other", "a.bin", LARGE).status == 200
    assert download(call, "your-username/other", "a.bin").body == LARGE
