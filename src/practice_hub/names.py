"""Which names are allowed: of accounts, repositories, branches, tags and files."""

from __future__ import annotations

import re

from dulwich.index import validate_path_element_hfs, validate_path_element_ntfs
from dulwich.refs import Ref, check_ref_format

from practice_hub.errors import HubError, bad_request

# As `huggingface_hub.utils.validate_repo_id` has them, and no leading sign: `_lfs` and the like are ours.
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?")
_TAKEN = frozenset("api datasets login logout models new organizations search settings spaces static".split())
_LONGEST_PATH = 1024
_LONGEST_NAME = 255
"""Bytes that a name within a path may have on Linux and macOS."""


def check_account_name(name: str) -> None:
    if not _NAME.fullmatch(name) or ".." in name or "--" in name or name.lower() in _TAKEN:
        raise bad_request(
            f'"{name}" cannot be the name of an account. Use up to 96 letters, digits, "-", "_" and ".".'
        )


def check_repository_name(name: str) -> None:
    if not _NAME.fullmatch(name) or ".." in name or "--" in name or name.endswith((".git", ".ipynb")):
        raise bad_request(
            f'"{name}" cannot be the name of a repository. Use up to 96 letters, digits, "-", "_" and ".";'
            ' not "--", "..", or ".git" at the end.'
        )


def check_reference_name(name: str, what: str) -> None:
    """Refuse what Git would not take as a branch's or tag's name, and what looks like a commit's id."""
    plain = bool(re.fullmatch(r"[\w][\w./+-]*", name)) and not re.fullmatch("[0-9a-f]{40}", name)
    if (
        not plain
        or name.startswith("refs/")
        or len(name.encode()) > 200
        or not check_ref_format(Ref(b"refs/x/" + name.encode()))
    ):
        raise bad_request(f"Invalid {what} name: {name}")


def check_path(path: str) -> None:
    """Refuse a path that would leave the repository, and one that the client or Linux cannot store."""
    strange = any(ord(sign) < 32 or 0xD800 <= ord(sign) < 0xE000 for sign in path) or "\\" in path
    if strange or len(path) > _LONGEST_PATH or not all(map(_is_allowed, path.split("/"))):
        raise HubError(422, f"Invalid path: {path.encode('utf-8', 'replace').decode()!r}")


def _is_allowed(part: str) -> bool:
    """Whether no system takes a part of a path for `.git`, `.` or `..`, in whatever spelling; nor does `git fsck`.

    In a name with a colon, `hf_hub_download` sees the name of a disk.
    """
    name = part.encode()
    if len(name) > _LONGEST_NAME or ":" in part:
        return False
    return validate_path_element_ntfs(name) and validate_path_element_hfs(name)
