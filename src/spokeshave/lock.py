"""A lock between processes: a file that one of them holds at a time.

The operating system lifts it when its holder ends, however it ends. So nothing has to be cleaned up by hand, and no
lock of a dead process stops anybody.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
"""A link in the place of the file is refused: it could make a file anywhere."""
_HELD = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})
"""What systems answer if another process has the lock. Any other answer means that there are no locks here."""


class Lock:
    """The lock file at `path`. It is there only while somebody holds the lock, or died with it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def acquire(self, wait: Callable[[], object]) -> None:
        """Take the lock. If another process has it, `wait` is called once, and it is waited for.

        On a file system without locks there is none: then nobody waits. Raises OSError if the file cannot be made,
        or is a link.
        """
        waited = False
        while self._handle is None:
            handle = os.open(self._path, _FLAGS, 0o644)
            try:
                while not _take(handle, wait=waited):
                    if not waited:
                        waited = True
                        wait()
                if self._is_mine(handle):
                    self._handle = handle
            finally:
                if self._handle is None:
                    os.close(handle)

    def release(self) -> None:
        """Give the lock back and remove its file. Does nothing if it was not taken."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        if sys.platform == "win32":  # removes no file that anybody has open
            os.close(handle)
            self._remove()
        else:
            self._remove()
            os.close(handle)

    def _remove(self) -> None:
        try:
            self._path.unlink(missing_ok=True)
        except OSError:  # the next one who releases it will
            return

    def _is_mine(self, handle: int) -> bool:
        """Whether the file that is held is still the one at the path: its last holder may have removed it."""
        try:
            return os.path.samestat(os.fstat(handle), self._path.stat())
        except FileNotFoundError:
            return False


def _take(handle: int, *, wait: bool) -> bool:
    """Take the lock of an open file. Returns False if another process has it (with `wait`: for very long)."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError as error:
        return error.errno not in _HELD
    return True
