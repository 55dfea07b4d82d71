"""Two folders change places in one step, so that there is no moment without the one or the other."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths count from the current folder
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS are the same number


def exchange(one: Path, other: Path) -> bool:
    """Let each path name what the other one named. Returns False if that is not possible: nothing has changed then.

    Not every system has such a call, and not every file system does what it asks for. Python has none, so the C
    library is asked. Source: renameat2(2) of Linux, renamex_np(2) of macOS.
    """
    paths = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None)
        if sys.platform == "linux":
            return not library.renameat2(_HERE, paths[0], _HERE, paths[1], ctypes.c_uint(_EXCHANGE))
        if sys.platform == "darwin":
            return not library.renamex_np(*paths, ctypes.c_uint(_EXCHANGE))
    except (AttributeError, OSError, TypeError):  # a library older than the call, or none that can be asked
        pass
    return False
