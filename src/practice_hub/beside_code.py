"""A Hub beside the code of a lesson's page, as `spokeshave snippets --service` wants it.

```bash
spokeshave snippets --service practice_hub.beside_code:hub_beside_code
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from practice_hub.cli import PORT
from practice_hub.clock import fixed_clock
from practice_hub.running import LOOPBACK_HOST, running_hub

TIME = "2026-01-31T12:00:00"
"""When all happens: times that pages print must not change from run to run."""


@contextmanager
def hub_beside_code(folder: Path) -> Iterator[tuple[Mapping[str, str], Mapping[str, str]]]:
    """A new, empty Hub that keeps its data in `folder`, and what the client's settings are for it.

    What pages print is shown as if the Hub ran at its usual port. Its token is shown as three dots.
    """
    with running_hub(folder, clock=fixed_clock(TIME)) as running:
        token = running.new_token()
        environment = {
            "HF_ENDPOINT": running.address,
            "HF_TOKEN": token,
            "HF_HUB_DISABLE_PROGRESS_BARS": "1",
            "HF_HUB_DISABLE_UPDATE_CHECK": "1",
        }
        address = running.address.removeprefix("http://")
        yield environment, {address: f"{LOOPBACK_HOST}:{PORT}", token: "hf_..."}
