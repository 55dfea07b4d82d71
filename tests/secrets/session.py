"""A small lesson and a Hub, used as people use them, by somebody who has a token: a canary."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.practice_hub.pages.visitor import Visitor
from tests.practice_hub.processes import caller, start_hub, text_file
from tests.secrets.planted import Canary
from tests.spokeshave.snippets.small_lesson import make_lesson

_EPISODE = b"""\
Does code of a page find the reader's token?

```python
import os
from huggingface_hub import get_token
cache = os.path.expanduser("~/.cache/huggingface/token")
print(get_token(), os.path.exists(cache), [name for name in os.environ if "TOKEN" in name])
```

```output
None False []
```

```bash
env | grep -c hf_ || true
```

```output
0
```
"""
COMMANDS = (
    ("snippets", "--record"),
    ("notebooks",),
    ("build", "--verbose"),
    ("check",),
    ("review",),
)
"""What is done with the lesson. What ran is on its pages, since they are built afterwards."""


def use_lesson(folder: Path, canary: Canary, prefix: Sequence[str] = ()) -> None:
    """Make a lesson in `folder` and run all commands in it. What they print goes to files in `folder`.

    Raises `RuntimeError` if one fails. `prefix` is a program that runs them, such as strace.
    """
    lesson = make_lesson(folder / "lesson", _EPISODE)
    for name, *options in COMMANDS:
        command = [*prefix, sys.executable, "-m", "spokeshave", name, str(lesson), *options]
        with (folder / f"{name}.txt").open("wb") as log:
            done = subprocess.run(command, env=canary.environment, stdout=log, stderr=log, check=False)
        if done.returncode:
            raise RuntimeError(f"{name}: {(folder / f'{name}.txt').read_text()}")


def use_hub(folder: Path, canary: Canary, prefix: Sequence[str] = ()) -> str:
    """Start a Hub that keeps its data in `folder`; sign in, upload, and show it the canary, which is no token of it.

    Gives the token that it printed at its start. What it answers goes to the file `answers`.
    """
    folder.mkdir()
    with start_hub(folder / "data", folder / "logs", prefix=prefix, environment=canary.environment) as hub:
        visitor = Visitor(hub.address)
        pages = [visitor.fill_in("/login", "/login", token=canary.token)]
        pages += [
            visitor.get(f"/login?to=/{canary.token}"),
            visitor.get(f"/api/models?search={canary.token}"),
        ]
        signed_in = visitor.signed_in(hub.first_token)
        pages += [signed_in.get("/settings/tokens"), signed_in.get(f"/not/served?token={canary.token}")]
        answers = [
            f"{page.status} {page.headers} {page.text}" for page in pages if canary.token not in page.text
        ]
        with caller(hub.address, hub.first_token) as call:
            made = [
                call.create("model"),
                call.commit("your-username/model", "One", text_file("a.txt", "text")),
            ]
        with caller(hub.address, canary.token) as call:
            refused = [call("GET", "/api/whoami-v2"), call.create("other")]
        assert [answer.status for answer in (*made, *refused)] == [200, 200, 401, 401]
        answers += [f"{answer.headers} {answer.body!r}" for answer in (*made, *refused)]
        (folder / "answers").write_text("\n".join(answers), encoding="utf-8")
        hub.stop()
        return hub.first_token
