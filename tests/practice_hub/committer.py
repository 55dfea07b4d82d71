"""A program with the real client that commits, and prints each commit that was acknowledged.

Its orders come as one JSON object on its first argument; see `main`.
"""

from __future__ import annotations

import io
import json
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from huggingface_hub import CommitOperationAdd, HfApi


def say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")  # in one piece: `print` writes the end of a line on its own
    sys.stdout.flush()


def small(name: str, commits: int, repositories: list[str]) -> None:
    """Commit small files one after another, each time to the next repository. All clients add one same file."""
    api = HfApi()
    for number in range(commits):
        repository = repositories[number % len(repositories)]
        title = f"{name} {number}"
        operations = [
            CommitOperationAdd(f"{name}/{number}.txt", title.encode()),
            CommitOperationAdd("same.txt", f"The same of all, {number}\n".encode()),
        ]
        made = api.create_commit(repository, operations, commit_message=title)
        say(repository=repository, oid=made.oid, title=title)


def mixed(commits: int, repository: str, seed: int, folder: str) -> None:
    """Commit small, LFS and Xet files in turn to a Hub that may die at any time. What fails is not tried again."""
    chance = random.Random(seed)
    api = HfApi()
    for number in range(commits):
        kind = ("small", "lfs", "xet")[number % 3]
        data = chance.randbytes(1000 if kind == "small" else chance.randrange(50_000, 400_000))
        path = f"{kind}/{number}.{'txt' if kind == 'small' else 'bin'}"
        source: bytes | io.BytesIO | str = data.hex().encode()
        if kind == "lfs":
            source = io.BytesIO(data)  # the client never sends one of these through Xet
        if kind == "xet":
            source = f"{folder}/{number}.bin"
            Path(source).write_bytes(data)
        say(begins=number, kind=kind)
        try:
            made = api.create_commit(repository, [CommitOperationAdd(path, source)], commit_message=path)
        except Exception as error:  # the Hub died, in whichever of the client's ways to notice
            say(failed=number, why=f"{type(error).__name__}: {error}"[:200])
            time.sleep(0.05)
        else:
            say(oid=made.oid, title=path)


def main() -> None:
    """Orders: `{"mixed": {…}}` are the arguments of `mixed`; `{"small": [{…}, …]}` of `small`, each in a thread."""
    orders = json.loads(sys.argv[1])
    if "mixed" in orders:
        mixed(**orders["mixed"])
        return
    with ThreadPoolExecutor(len(orders["small"])) as threads:
        for done in [threads.submit(small, **order) for order in orders["small"]]:
            done.result()


if __name__ == "__main__":
    main()
