"""The data folder: what lies where, and that one Hub at a time writes there."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from tempfile import NamedTemporaryFile


class FolderInUseError(Exception):
    """Another Hub is running on this folder."""


class DataFolder:
    """The places in a Hub's data folder. Makes those that are missing, and empties `incoming`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.database = root / "hub.sqlite"
        self.repositories = root / "repositories"
        self.large = root / "large"
        self.xorbs = root / "xorbs"
        self.incoming = root / "incoming"
        root.mkdir(parents=True, exist_ok=True)
        self._in_use = self._claim(root / "in-use.sqlite")
        shutil.rmtree(self.incoming, ignore_errors=True)  # what a stopped Hub was still receiving
        for folder in (self.repositories, self.large, self.xorbs, self.incoming):
            folder.mkdir(exist_ok=True)

    @staticmethod
    def _claim(path: Path) -> sqlite3.Connection:
        """A lock that the operating system lifts when the process ends, on each of the three systems."""
        connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            connection.close()
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
