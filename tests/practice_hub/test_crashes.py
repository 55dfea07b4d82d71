"""The server is killed while clients upload: what was acknowledged is there, and nothing half-written is seen."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.practice_hub.processes import (
    GUARD,
    HubProcess,
    caller,
    client_environment,
    fsck,
    new_token,
    start_hub,
)
from tests.practice_hub.uploads import download, sha256

COMMITS = 50
KILLS = 8
REPOSITORY = "your-username/model"


@dataclass
class Session:
    """A Hub that is killed and started again at the same address, and what a client said meanwhile."""

    data: Path
    logs: Path
    hub: HubProcess
    chance: random.Random
    kills: int = 0
    acknowledged: dict[str, str] = field(default_factory=dict)
    failed: int = 0

    def kill_and_restart(self) -> None:
        self.hub.kill()
        self.hub = start_hub(self.data, self.logs, self.hub.port)
        self.kills += 1

    def watch(self, lines: Iterator[str]) -> None:
        """Read what the client says, and kill the Hub at some point of some of its commits."""
        lasted = {"small": 0.05, "lfs": 0.1, "xet": 0.2}
        kind, began, killed = "", 0.0, False
        for said in map(json.loads, lines):
            if "begins" in said:
                kind, began = said["kind"], time.monotonic()
                left, to_kill = COMMITS - said["begins"], KILLS - self.kills
                killed = self.chance.random() < to_kill / left
                if killed:
                    time.sleep(self.chance.uniform(0, 1.2 * lasted[kind]))
                    self.kill_and_restart()
            elif "oid" in said:
                self.acknowledged[said["oid"]] = said["title"]
                if not killed:
                    lasted[kind] = (lasted[kind] + time.monotonic() - began) / 2
            else:
                self.failed += 1


def contents(seed: int) -> dict[str, bytes]:
    """Path → content of all files that `committer.mixed` makes."""
    chance, found = random.Random(seed), {}
    for number in range(COMMITS):
        kind = ("small", "lfs", "xet")[number % 3]
        data = chance.randbytes(1000 if kind == "small" else chance.randrange(50_000, 400_000))
        found[f"{kind}/{number}.{'txt' if kind == 'small' else 'bin'}"] = (
            data.hex().encode() if kind == "small" else data
        )
    return found


def test_killed_while_a_client_commits(tmp_path: Path) -> None:
    seed = 20260131
    data, logs = tmp_path / "data", tmp_path / "logs"
    (tmp_path / "files").mkdir()
    with start_hub(data, logs) as hub:
        token = hub.first_token
        with caller(hub.address, token) as call:
            assert call.create("model").status == 200
        session = Session(data, logs, hub, random.Random(seed))
        _commit(session, seed, token, tmp_path)
        session.kill_and_restart()
        with session.hub:
            _check(session, token, contents(seed))
            assert not list((data / "incoming").iterdir())
    assert session.kills == KILLS + 1
    assert len(session.acknowledged) + session.failed == COMMITS
    assert len(session.acknowledged) > COMMITS // 2
    assert (logs / "stderr").read_text() == ""
    fsck(data)


def _commit(session: Session, seed: int, token: str, folder: Path) -> None:
    orders = {"commits": COMMITS, "repository": REPOSITORY, "seed": seed, "folder": str(folder / "files")}
    environment = client_environment(folder / "home", session.hub.address, token, xet=True)
    command = [sys.executable, "-m", "tests.practice_hub.committer", json.dumps({"mixed": orders})]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout
        try:
            session.watch(iter(client.stdout))
            assert client.wait(GUARD) == 0
        finally:
            client.kill()
            session.hub.kill() if session.kills < KILLS else None


def _check(session: Session, token: str, files: dict[str, bytes]) -> None:
    with caller(session.hub.address, token) as call:
        history = call.history(REPOSITORY)
        assert session.acknowledged.items() <= history.items(), "an acknowledged commit is lost"
        titles = [title for title in history.values() if title != "initial commit"]
        assert len(titles) == len(set(titles))
        listed = call("GET", f"/api/models/{REPOSITORY}/tree/main?recursive=true").json()
        paths = {item["path"] for item in listed if item["type"] == "file"} - {".gitattributes"}
        assert paths == set(titles), "a version does not have the files of its history"
        for path in paths:
            answer = download(call, REPOSITORY, path)
            assert (answer.status, sha256(answer.body)) == (200, sha256(files[path])), path


def test_killed_while_it_creates_and_deletes(tmp_path: Path) -> None:
    """A repository is there whole or not at all, and can be created again."""
    chance = random.Random(7)
    data, logs = tmp_path / "data", tmp_path / "logs"
    hub = start_hub(data, logs)
    token = hub.first_token
    for number in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", CREATOR, hub.address, token, str(number)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        assert process.stdout.readline() == "begins\n"
        time.sleep(chance.uniform(0, 0.15))
        hub.kill()
        process.communicate(timeout=GUARD)
        hub = start_hub(data, logs, hub.port)
        with caller(hub.address, token) as call:
            for item in call("GET", "/api/models").json():
                assert call("GET", f"/{item['id']}/resolve/main/.gitattributes").status == 200
            assert call.create(f"model-{number}-0").status in {200, 409}
    assert new_token(data).startswith("hf_")
    hub.kill()
    fsck(data)


CREATOR = """
import sys
from tests.practice_hub.processes import Caller
call = Caller(sys.argv[1], sys.argv[2])
print("begins", flush=True)
try:
    for number in range(1000):
        call.create(f"model-{sys.argv[3]}-{number}")
        call("DELETE", "/api/repos/delete", {"name": f"model-{sys.argv[3]}-{number - 1}"})
except OSError:
    pass
except Exception as error:
    print(error)
"""
