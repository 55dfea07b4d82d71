"""Two folders change places in one step, so that there is no moment without the one or the other."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths count from the current folder
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS are the same number
_UNKNOWN = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
"""What systems answer that do not know the call, or whose file system does not."""


def exchange(one: Path, other: Path) -> bool:
    """Let each path name what the other one named. Returns False where this system or file system cannot do that.

    Python has no such call, so the C library is asked. Raises OSError if one of them is not there, or may not be
    renamed. Source: renameat2(2) of Linux, renamex_np(2) of macOS.
    """
    paths = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "linux":
            call = ctypes.CDLL(None, use_errno=True).renameat2
            failed = call(_HERE, paths[0], _HERE, paths[1], ctypes.c_uint(_EXCHANGE))
        elif sys.platform == "darwin":
            call = ctypes.CDLL(None, use_errno=True).renamex_np
            failed = call(*paths, ctypes.c_uint(_EXCHANGE))
        else:
            return False
    except (AttributeError, OSError):  # a C library that is older than the call, or none that can be asked
        return False
    if failed:
        number = ctypes.get_errno()
        if number in _UNKNOWN:
            return False
        raise OSError(number, os.strerror(number), os.fspath(one), None, os.fspath(other))
    return True
