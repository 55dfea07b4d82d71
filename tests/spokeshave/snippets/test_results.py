"""The JSON of a run: the names that other programs read."""

from __future__ import annotations

import hashlib
import platform
from datetime import UTC, datetime, timedelta
from pathlib import Path

from spokeshave import __version__
from spokeshave.snippets.results import results_of
from tests.spokeshave.snippets.small_lesson import EPISODE, make_lesson, read, run_by_hand


def test_all_that_is_known(tmp_path: Path) -> None:
    lesson = read(make_lesson(tmp_path, b"```python\nx\n```\n\n```output\n1\n```\n", commit=False))
    did = {
        "stdout": "2\n",
        "stderr": "told",
        "warnings": "warned",
        "error": "E: x",
        "traceback": "frames",
        "seconds": 1.23456,
        "figures": (b"picture",),
    }
    (run,) = run_by_hand(lesson, [did])
    results = results_of([run])
    age = datetime.now(UTC) - datetime.fromisoformat(results.pop("date"))
    assert timedelta(0) <= age < timedelta(minutes=5)
    (outcome,) = run.outcomes
    assert results == {
        "environment": {
            "spokeshave": __version__,
            "python": platform.python_version(),
            "platform": platform.platform(),
            "machine": platform.machine(),
        },
        "pages": [
            {
                "path": EPISODE,
                "fingerprint": run.page.fingerprint,
                "versions": {"Python": "3.13.1", "numpy": "2.4.6"},
                "blocks": [
                    {
                        "line": 7,
                        "language": "python",
                        "alternative": "",
                        "status": "failed",
                        "reason": outcome.reason,
                        "failed_line": 11,
                        **did,
                        "seconds": 1.235,
                        "figures": [f"sha256:{hashlib.sha256(b'picture').hexdigest()}"],
                    }
                ],
            }
        ],
    }
