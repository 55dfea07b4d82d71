"""What a case of a hostile lesson may say, and the folder that is made of it.

A case is a difference from the lesson `lessons/tiny`. `files`, `edit` and `latin` are those of `errors/*.yaml`. What
YAML cannot hold, or not at that length, is made by the words of `MAKERS`.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.spokeshave.test_errors import write_lesson

Case = dict[str, Any]


def _repeat(path: Path, pieces: list[str | list[Any]]) -> None:
    """A text in pieces: `text` once, `[text, times]` so often, `{}` in it being the number of the repetition."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for piece in pieces:
            text, times = (piece, 1) if isinstance(piece, str) else piece
            numbered = "{}" in text
            for number in range(times if numbered else 1):
                file.write(text.replace("{}", str(number)) if numbered else text * times)


def _encoded(path: Path, texts: Mapping[str, str]) -> None:
    """A text in an encoding: `{utf-16: "…"}`."""
    path.write_bytes(b"".join(text.encode(encoding, "surrogatepass") for encoding, text in texts.items()))


def _hexadecimal(path: Path, digits: str) -> None:
    """Bytes by their hexadecimal digits, blanks between them as one likes."""
    path.write_bytes(bytes.fromhex(digits))


def _link(path: Path, target: str) -> None:
    """A symbolic link; `target` is taken as it is."""
    path.symlink_to(target)


def _fifo(path: Path, _: object) -> None:
    """A pipe: whoever opens it to read waits for ever."""
    os.mkfifo(path)


def _socket(path: Path, _: object) -> None:
    """The name of a socket. Its length is limited, so it is made from within its folder."""
    before = os.open(".", os.O_RDONLY)
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.fchdir(before)
        os.close(before)


def _folder(path: Path, _: object) -> None:
    """A folder where one would expect a file."""
    path.mkdir()


def _sparse(path: Path, size: int) -> None:
    """A file of that many bytes, all of them NUL, that takes no room."""
    with path.open("wb") as file:
        file.truncate(size)


MAKERS: dict[str, Callable[[Path, Any], None]] = {
    "repeat": _repeat,
    "encoded": _encoded,
    "hexadecimal": _hexadecimal,
    "link": _link,
    "fifo": _fifo,
    "socket": _socket,
    "folder": _folder,
    "sparse": _sparse,
}
"""What stands for a file, by the word that names it; each is given the path and what the case says."""

KEYS = frozenset({"name", "files", "edit", "latin", "vanish", "exit", "says", "count", "built", *MAKERS})
"""`vanish` names a file that is removed when the lesson has been read (`after reading`), or when its pages have been
listed (`after listing`). With `count`, the number of all messages, `says` has the first of them alone. `built` are
texts that files of the site hold."""


def write_hostile_lesson(root: Path, case: Case) -> None:
    """The lesson of `case` in the new folder `root`. Beside it stands `secret.md`, which is none of the lesson's."""
    unknown = case.keys() - KEYS
    assert not unknown, f"no words of a case: {sorted(unknown)}"
    root.with_name("secret.md").write_text("---\ntitle: Secret\n---\n\nThe canary sings.\n", encoding="utf-8")
    write_lesson(root, case)
    for word, make in MAKERS.items():
        for name, given in case.get(word, {}).items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            path.unlink(missing_ok=True)
            make(path, given)
