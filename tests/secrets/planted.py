"""A canary: a token made for one run, put wherever a program might pick one up."""

from __future__ import annotations

import os
import secrets
import string
from dataclasses import dataclass
from pathlib import Path

_VARIABLES = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HUGGINGFACE_HUB_TOKEN", "GH_TOKEN", "GITHUB_TOKEN")
_FOREIGN = ("HF_", "HUGGING", "XDG_", "MAKE", "MFLAGS", "GIT_")
"""Beginnings of variables that would lead programs elsewhere."""


@dataclass(frozen=True)
class Canary:
    """The token, the files that hold it because we put it there, and what programs are given."""

    token: str
    files: dict[Path, bytes]
    watched: tuple[Path, ...]
    """The user's own folders of the Hugging Face client: nobody is to open anything in them."""
    environment: dict[str, str]


def plant(folder: Path) -> Canary:
    """Make a home, a cache of the Hugging Face client and a folder for temporary files, below `folder`."""
    token = "hf_" + "".join(secrets.choice(string.ascii_letters) for _ in range(34))
    home, client, temporary = folder / "home", folder / "huggingface", folder / "tmp"
    temporary.mkdir(parents=True)
    files = {
        place: text.encode()
        for cache in (home / ".cache/huggingface", client)
        for place, text in {
            cache / "token": token,
            cache / "stored_tokens": f"[mine]\nhf_token = {token}\n",
            cache / "hub/models--me--model/refs/main": "0" * 40,
        }.items()
    }
    files |= {
        home / ".netrc": f"machine huggingface.co login me password {token}\n".encode(),
        home / ".git-credentials": f"https://me:{token}@huggingface.co\n".encode(),
        home / ".gitconfig": b"[credential]\n\thelper = store\n",
    }
    for place, content in files.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    places = {"HOME": str(home), "HF_HOME": str(client), "TMPDIR": str(temporary)}
    environment = kept | dict.fromkeys(_VARIABLES, token) | places
    return Canary(token, files, (home / ".cache/huggingface", client), environment)
