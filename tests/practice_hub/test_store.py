"""What is on disk: it is durable, goes on after a restart, and is the same for the same clock."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from practice_hub.clock import fixed_clock
from practice_hub.commits import AddFile, DeleteFile, DeleteFolder, Draft, commit
from practice_hub.errors import DamagedError, HubError
from practice_hub.hub import Hub
from practice_hub.repositories import Repository
from practice_hub.store.folder import FolderInUseError
from practice_hub.store.git import GitRepository

NOON = fixed_clock("2026-01-31T12:00:00")


def create(hub: Hub, name: str = "penguins") -> Repository:
    account, _ = hub.first_account()
    return hub.repositories.create(account, "model", name, account.name, private=False)


def put(git: GitRepository, path: str, data: bytes) -> str:
    return commit(git, "main", Draft((AddFile(path, git.add_blob(data)),), f"Add {path}", "ada", NOON())).oid


def test_it_goes_on_where_it_was(tmp_path: Path) -> None:
    with Hub(tmp_path) as hub:
        account, token = hub.first_account()
        assert token
        repository = create(hub)
        oid = put(hub.repositories.git(repository), "a.txt", b"one")
        hub.repositories.set_gate(repository, "manual")
    with Hub(tmp_path) as hub:
        assert hub.first_account() == (account, None)
        login = hub.accounts.login(token)
        assert login
        assert login.account == account
        [found] = hub.repositories.all("model")
        assert (found.full_name, found.gated) == ("your-username/penguins", "manual")
        assert hub.describe(found).commit.oid == oid


def test_one_hub_at_a_time(tmp_path: Path) -> None:
    with Hub(tmp_path), pytest.raises(FolderInUseError, match="another practice-hub is running"):
        Hub(tmp_path)
    Hub(tmp_path).close()


def test_the_same_clock_makes_the_same_ids(tmp_path: Path) -> None:
    oids = []
    for name in "ab":
        with Hub(tmp_path / name, clock=NOON) as hub:
            git = hub.repositories.git(create(hub))
            oids.append(put(git, "d/a.txt", b"one"))
    assert oids[0] == oids[1]


def test_git_reads_it(tmp_path: Path) -> None:
    with Hub(tmp_path, clock=NOON) as hub:
        git = hub.repositories.git(create(hub))
        for path in ("a", "a.b", "a-b/c", "b/a", "b/b/a", "ü"):
            put(git, path, path.encode())
        ran = subprocess.run(
            ["git", "--git-dir", git.path, "fsck", "--strict"], capture_output=True, text=True, check=False
        )
        assert (ran.returncode, ran.stderr) == (0, "")


def test_everything_is_synced_before_the_reference_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order on disk: objects, their folders, the reference, its folders; then it is acknowledged."""
    with Hub(tmp_path, clock=NOON) as hub:
        git = hub.repositories.git(create(hub))
        events: list[str] = []
        real_sync, real_replace = os.fsync, os.replace

        def relative(path: str | Path) -> str:
            return os.path.relpath(path, git.path)

        def fsync(descriptor: int) -> None:
            events.append(f"sync {relative(os.readlink(f'/proc/self/fd/{descriptor}'))}")
            real_sync(descriptor)

        def replace(source: Path, target: Path) -> None:
            assert events[-1] == f"sync {relative(source)}"
            events.append(f"name {relative(target)}")
            real_replace(source, target)

        if not Path("/proc/self/fd").is_dir():
            pytest.skip("only Linux tells which file is synced")
        monkeypatch.setattr(os, "fsync", fsync)
        monkeypatch.setattr(os, "replace", replace)
        oid = put(git, "a.txt", b"one")
        for known in (oid, git.commit(oid).tree, git.files(git.commit(oid)).files["a.txt"].oid):
            place = events.index(f"name objects/{known[:2]}/{known[2:]}")
            assert f"sync objects/{known[:2]}" in events[place:]
        reference = events.index("name refs/heads/main")
        assert not any("objects" in event for event in events[reference:])
        assert "sync refs/heads" in events[reference:]


def test_a_stopped_writer_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    with Hub(tmp_path, clock=NOON) as hub:
        repository = create(hub)
        path = hub.repositories.git(repository).path
        (hub.folder.incoming / "half").write_bytes(b"half")
    (path / "refs/heads/main.lock").write_text("")
    orphan = tmp_path / "repositories/2.git"
    orphan.mkdir()
    with Hub(tmp_path, clock=NOON) as hub:
        put(hub.repositories.git(repository), "a.txt", b"one")
        assert hub.repositories.git(create(hub, "walrus")).path == orphan
        assert not list(hub.folder.incoming.iterdir())


def test_damaged_objects_are_named(tmp_path: Path) -> None:
    with Hub(tmp_path, clock=NOON) as hub:
        repository = create(hub)
        git = hub.repositories.git(repository)
        blob = git.add_blob(b"one")
        path = git.path / "objects" / blob[:2] / blob[2:]
        other = git.add_blob(b"two")
        for data in ((git.path / "objects" / other[:2] / other[2:]).read_bytes(), b"", b"\0" * 30):
            path.chmod(0o644)
            path.write_bytes(data)
            with pytest.raises(DamagedError, match=f"The Git object {blob} in 1.git is damaged"):
                git.blob(blob)


def test_changes(tmp_path: Path) -> None:
    with Hub(tmp_path, clock=NOON) as hub:
        git = hub.repositories.git(create(hub))
        blob = git.add_blob(b"x")
        add = (AddFile("d/a", blob), AddFile("d/e/b", blob), AddFile("c", blob))
        made = commit(git, "main", Draft(add, "Add", "ada", NOON()))
        assert set(git.files(made).folders) == {"d", "d/e"}
        again = commit(git, "main", Draft(add, "Add", "ada", NOON()))
        assert again == made  # nothing changes: no new commit
        made = commit(git, "main", Draft((DeleteFolder("d/e"), DeleteFile("c")), "Delete", "ada", NOON()))
        assert set(git.files(made).files) == {".gitattributes", "d/a"}
        wrong: list[tuple[DeleteFile | DeleteFolder | AddFile, int]] = [
            (DeleteFile("c"), 404),
            (DeleteFolder("d/e"), 404),
            (AddFile("d", blob), 400),
            (AddFile("d/a/b", blob), 400),
        ]
        for change, status in wrong:
            with pytest.raises(HubError) as error:
                commit(git, "main", Draft((change,), "Wrong", "ada", NOON()))
            assert error.value.status == status
        assert git.resolve("main") == made.oid
