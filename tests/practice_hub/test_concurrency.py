"""Many clients at the same time: every commit that was acknowledged is in the history, and Git finds it sound."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.practice_hub.processes import (
    GUARD,
    Caller,
    HubProcess,
    caller,
    client_environment,
    fsck,
    start_hub,
    text_file,
)

CLIENTS = 40
PROCESSES, COMMITS = 2, 1


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    with start_hub(tmp_path / "data", tmp_path / "logs") as running:
        yield running


def names(count: int) -> list[str]:
    return [f"your-username/model-{number}" for number in range(count)]


def at_once(count: int, work: Callable[[int], Any]) -> list[Any]:
    """What `work` returns for each number, all begun at the same moment."""
    gate = threading.Barrier(count)

    def begin(number: int) -> Any:
        gate.wait(GUARD)
        return work(number)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(begin, range(count)))


@pytest.mark.parametrize("repositories", [1, CLIENTS], ids=["one-repository", "40-repositories"])
def test_real_clients(hub: HubProcess, tmp_path: Path, repositories: int) -> None:
    with caller(hub.address, hub.first_token) as call:
        for name in names(repositories):
            assert call.create(name.partition("/")[2]).status == 200
        said = _run_clients(hub, tmp_path, names(repositories))
        assert len(said) == CLIENTS * COMMITS
        _check_acknowledged(call, said)
    fsck(tmp_path / "data")
    assert (tmp_path / "logs" / "stderr").read_text() == ""


def _run_clients(hub: HubProcess, tmp_path: Path, repositories: list[str]) -> list[dict[str, str]]:
    environment = client_environment(tmp_path / "home", hub.address, hub.first_token)
    running = []
    for process in range(PROCESSES):
        clients = range(process, CLIENTS, PROCESSES)
        orders = [
            {
                "name": f"client-{number}",
                "commits": COMMITS,
                "repositories": repositories[number:] + repositories[:number],
            }
            for number in clients
        ]
        command = [sys.executable, "-m", "tests.practice_hub.committer", json.dumps({"small": orders})]
        running.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True))
    outputs = [client.communicate(timeout=GUARD)[0] for client in running]
    assert [client.returncode for client in running] == [0] * PROCESSES
    return [json.loads(line) for output in outputs for line in output.splitlines()]


def _check_acknowledged(call: Caller, said: list[dict[str, str]]) -> None:
    assert len({commit["oid"] for commit in said}) == len(said)
    histories = {name: call.history(name) for name in {commit["repository"] for commit in said}}
    for commit in said:
        assert histories[commit["repository"]][commit["oid"]] == commit["title"]
    for name, history in histories.items():
        assert len(history) == 1 + sum(commit["repository"] == name for commit in said)
        files = {item["path"] for item in call("GET", f"/api/models/{name}/tree/main?recursive=true").json()}
        wanted = {f"{c['title'].replace(' ', '/')}.txt" for c in said if c["repository"] == name}
        assert wanted <= files


def test_same_file_at_the_same_moment(hub: HubProcess, tmp_path: Path) -> None:
    """All write the same Git object, which is one file in the store."""
    with caller(hub.address, hub.first_token) as call:
        call.create("model")

    def commit(number: int) -> int:
        with caller(hub.address, hub.first_token) as own:
            lines = [text_file(f"{number}/{n}.txt", f"the same {n}\n" * 1000) for n in range(20)]
            return own.commit("your-username/model", f"by {number}", *lines).status

    assert at_once(16, commit) == [200] * 16
    fsck(tmp_path / "data")


def test_repository_that_all_create(hub: HubProcess, tmp_path: Path) -> None:
    """One creates it, the others hear that it is there and commit at once: nobody's commit is lost."""

    def create_and_commit(number: int) -> tuple[int, str]:
        with caller(hub.address, hub.first_token) as own:
            created = own.create("model").status
            answer = own.commit("your-username/model", str(number), text_file(f"{number}.txt", "x"))
            assert answer.status == 200, answer.body
            return created, answer.json()["commitOid"]

    done = at_once(16, create_and_commit)
    assert sorted(created for created, _ in done) == [200] + [409] * 15
    with caller(hub.address, hub.first_token) as call:
        assert {oid for _, oid in done} <= set(call.history("your-username/model"))
    fsck(tmp_path / "data")


def test_parent_lets_one_of_many_win(hub: HubProcess) -> None:
    with caller(hub.address, hub.first_token) as call:
        call.create("model")
        parent = next(iter(call.history("your-username/model")))

    def commit(number: int) -> int:
        with caller(hub.address, hub.first_token) as own:
            header = {"summary": str(number), "parentCommit": parent}
            lines = [{"key": "header", "value": header}]
            lines += [{"key": "file", "value": text_file(f"{number}.txt", "x")[1]}]
            body = b"\n".join(json.dumps(line).encode() for line in lines)
            return own("POST", "/api/models/your-username/model/commit/main", body).status

    assert sorted(at_once(12, commit)) == [200] + [412] * 11
