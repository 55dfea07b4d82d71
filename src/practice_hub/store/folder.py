"""The data folder: what lies where, and that one Hub at a time writes there."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile


class FolderInUseError(Exception):
    """Another Hub is running on this folder."""


class DataFolder:
    """The places in a Hub's data folder. Makes those that are missing, and empties `incoming`.

    Raises FolderInUseError if another Hub is running on it, OSError or sqlite3.OperationalError if nothing can
    be written there.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.database = root / "hub.sqlite"
        self.repositories = root / "repositories"
        self.large = root / "large"
        self.xorbs = root / "xorbs"
        self.incoming = root / "incoming"
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._in_use = self._claim(root / "in-use.sqlite")
        shutil.rmtree(self.incoming, ignore_errors=True)  # what a stopped Hub was still receiving
        try:
            for folder in (self.repositories, self.large, self.xorbs, self.incoming):
                folder.mkdir(exist_ok=True)
                _close_to_others(folder, 0o700)
            self.new_file().unlink()  # else the first upload would tell that nothing can be written here
            self.database.touch()
            for name in ("", "-wal", "-shm"):  # SQLite gives the last two the rights of the first
                _close_to_others(root / f"hub.sqlite{name}", 0o600)
        except OSError:
            self.close()
            raise

    @staticmethod
    def _claim(path: Path) -> sqlite3.Connection:
        """A lock that the operating system lifts when the process ends, on each of the three systems."""
        connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            connection.close()
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise FolderInUseError(
                f"{path.parent}: another practice-hub is running on this folder. Stop it, or choose another"
                " folder with --data."
            ) from None
        return connection

    def new_file(self) -> Path:
        """An empty file to receive something in, on the file system that it will stay on."""
        with NamedTemporaryFile(dir=self.incoming, delete=False) as file:
            return Path(file.name)

    def close(self) -> None:
        self._in_use.close()


def _close_to_others(path: Path, mode: int) -> None:
    """Keep a machine's other users out: the database holds what addresses of private files are signed with."""
    with suppress(FileNotFoundError, PermissionError):  # file systems without rights refuse
        path.chmod(mode)
