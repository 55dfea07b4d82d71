"""Asking git about a lesson by somebody who is not trusted.

A lesson may come with settings of git's own: in its `.git`, or in a folder that looks like a bare repository. Some name
programs that git would run for us: https://git-scm.com/docs/git#_security
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

_SETTINGS = (
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    "protocol.allow=never",
    "log.showSignature=false",
    "core.quotePath=false",
)


def git_command(root: Path, *arguments: str) -> list[str]:
    """A command that asks git about the lesson in `root`; it is run with `git_environment`."""
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    return ["git", "-C", str(root), "--no-pager", *settings, *arguments]


def git_environment() -> Mapping[str, str]:
    """Nothing that is missing is fetched, whatever `protocol.*.allow` says; nothing is locked."""
    return os.environ | {"GIT_ALLOW_PROTOCOL": "none", "GIT_OPTIONAL_LOCKS": "0"}
