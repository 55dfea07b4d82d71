"""The files of a data folder: where they lie, how they are written, and that damage is noticed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from practice_hub.errors import DamagedError, HubError
from practice_hub.store import durable, large
from practice_hub.store.checked import Checked
from practice_hub.store.database import Database
from practice_hub.store.durable import write_into_place
from practice_hub.store.folder import DataFolder, FolderInUseError
from practice_hub.store.large import FileContent, LargeFiles


def in_a_thread(work: Callable[[], object]) -> None:
    """A Hub's requests are answered by other threads than the one that opened its files."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(work).result()


def test_the_names_stay(tmp_path: Path) -> None:
    """The Hub of tomorrow must find what that of today has written."""
    root = tmp_path / "made/on/the/way"
    folder = DataFolder(root)
    Database(folder.database).close()
    file = folder.new_file()
    names = {"hub.sqlite", "in-use.sqlite", "incoming", "large", "repositories", "xorbs"}
    assert names <= {path.name for path in root.iterdir()}
    assert (file.parent, file.read_bytes()) == (root / "incoming", b"")
    with pytest.raises(FolderInUseError) as raised:
        DataFolder(root)
    assert str(raised.value) == (
        f"{root}: another practice-hub is running on this folder. Stop it, or choose another folder with --data."
    )
    in_a_thread(folder.close)
    DataFolder(root).close()
    assert not file.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights, and a user's folders are closed there")
def test_other_users_of_the_machine_stay_outside(tmp_path: Path) -> None:
    """Of a new folder, and of one that an earlier version made; what lies beside the Hub's own is left alone."""
    root = tmp_path / "hub"
    old = tmp_path / "old"
    (old / "large").mkdir(parents=True)
    (old / "mine.txt").touch()
    old.chmod(0o755)
    left = [old / f"hub.sqlite{end}" for end in ("", "-wal", "-shm")]  # of a Hub that was killed
    for path in (old / "large", *left):
        path.touch()
        path.chmod(0o755)
    for place in (root, old):
        folder = DataFolder(place)
        assert place == root or [rights(path) for path in left] == ["0o600"] * 3
        database = Database(folder.database)
        with database.transaction():
            database.run("INSERT INTO secret (value) VALUES (?)", b"x")
            assert [rights(path) for path in sorted(place.glob("hub.sqlite*"))] == ["0o600"] * 3
        folders = (folder.repositories, folder.large, folder.xorbs, folder.incoming)
        assert {rights(path) for path in folders} == {"0o700"}
        database.close()
        folder.close()
    assert [rights(path) for path in (root, old)] == ["0o700", "0o755"]
    assert (old / "mine.txt").stat().st_mode & 0o044


def rights(path: Path) -> str:
    return oct(path.stat().st_mode & 0o777)


def test_file_systems_without_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, mode: int) -> None:
        raise PermissionError(f"{path} {mode}")

    monkeypatch.setattr(Path, "chmod", refuse)
    DataFolder(tmp_path).close()


def test_a_small_file_is_written_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was there stays if that fails; the unfinished one is beside it, by a name that Git does not read."""
    target = tmp_path / "a/b/file"
    write_into_place(target, b"one")
    unfinished = []

    def refuse(source: Path, _: Path) -> None:
        unfinished.append(source)
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refuse)
        with pytest.raises(OSError, match="the disk is full"):
            write_into_place(target, b"two")
    [source] = unfinished
    assert (source.parent, source.name[:8], source.suffix) == (target.parent, "tmp_obj_", ".lock")
    assert [path.name for path in target.parent.iterdir()] == ["file"]
    assert target.read_bytes() == b"one"


def test_the_failure_is_told_that_came_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(durable, "sync_folders", refuse)
    with pytest.raises(OSError, match="the disk is full"):
        write_into_place(tmp_path / "file", b"one")


def test_database(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "hub.sqlite")) as database:
        add = "INSERT INTO account (name, kind, fullname, created) VALUES (?, 'user', ?, 0)"
        assert [database.run(add, name, name) for name in ("ada", "grace")] == [1, 2]
        database.run("INSERT INTO member VALUES (1, 2, 'read')")
        assert database.run("UPDATE account SET fullname = ?", "A person") == 2
        assert [row["id"] for row in database.all("SELECT id FROM account WHERE name = ?", "GRACE")] == [2]
        in_a_thread(lambda: database.run("DELETE FROM account WHERE name = ?", "grace"))
        assert database.one("SELECT * FROM member") is None  # went with the account
        # Acknowledged is what is on disk; readers do not wait for who writes.
        settings = ("journal_mode", "synchronous")
        assert [(database.one(f"PRAGMA {name}") or [])[0] for name in settings] == ["wal", 2]


def test_database_that_was_made_before_xorbs_had_senders(tmp_path: Path) -> None:
    path = tmp_path / "hub.sqlite"
    with closing(Database(path)) as database:
        database.run("INSERT INTO account (name, kind, fullname, created) VALUES ('ada', 'user', 'Ada', 0)")
        database.run("DROP TABLE xorb_sender")
    for expected in (0, 1):
        with closing(Database(path)) as database:
            assert len(database.all("SELECT * FROM xorb_sender")) == expected
            database.run("INSERT OR IGNORE INTO xorb_sender VALUES ('x', 1)")
            assert [row["name"] for row in database.all("SELECT name FROM account")] == ["ada"]


def test_database_of_another_version(tmp_path: Path) -> None:
    path = tmp_path / "hub.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 7")
    with pytest.raises(
        ValueError, match=r"hub\.sqlite was written by another version of practice-hub \(7\)\.$"
    ):
        Database(path)


def test_parts_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "PIECE", 4)
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    content = FileContent(path)
    assert content.size == 10
    assert list(content.read(2, 9)) == [b"2345", b"678"]
    assert list(content.read(8, 20)) == [b"89"]


def test_large_files(tmp_path: Path) -> None:
    files = LargeFiles(tmp_path / "large")
    name = sha256(b"one").hexdigest()
    assert (files.find(name), files.size(name)) == (None, None)
    received = tmp_path / "received"
    received.write_bytes(b"two")
    with pytest.raises(HubError, match=f"The uploaded content is not that of {name}. Upload it again."):
        files.add(received, name)
    received.write_bytes(b"one")
    files.add(received, name)
    path = tmp_path / "large" / name[:2] / name[2:]
    assert (path.read_bytes(), received.exists(), files.size(name)) == (b"one", False, 3)
    found = files.find(name)
    assert found
    assert b"".join(found.read(0, found.size)) == b"one"
    path.write_bytes(b"changed")
    for _ in range(2):
        with pytest.raises(DamagedError, match=f"The large file {name} is damaged"):
            files.find(name)
    for _ in range(2):
        files.remove(name)
    assert files.find(name) is None


def test_files_are_checked_once_until_they_change(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"one")
    checked, answers = Checked(), [True, False, False, True]
    asked = []

    def check() -> bool:
        asked.append(path.read_bytes())
        return answers[len(asked) - 1]

    assert [checked.holds(path, check) for _ in range(2)] == [True, True]
    path.write_bytes(b"changed")
    assert [checked.holds(path, check) for _ in range(3)] == [False, False, True]
    assert asked == [b"one", b"changed", b"changed", b"changed"]
