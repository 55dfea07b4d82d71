"""A run as JSON, for other programs."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from spokeshave import __version__
from spokeshave.snippets.run import PageRun
from spokeshave.snippets.snippet import Outcome


def results_of(runs: Iterable[PageRun]) -> dict[str, Any]:
    """All that is known of `runs`: when and where, and each page with its versions and blocks."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "environment": {
            "spokeshave": __version__,
            "python": platform.python_version(),
            "platform": platform.platform(),
            "machine": platform.machine(),
        },
        "pages": [
            {
                "path": run.page.path,
                "fingerprint": run.page.fingerprint,
                "versions": dict(run.versions),
                "blocks": [_block(outcome) for outcome in run.outcomes],
            }
            for run in runs
        ],
    }


def _block(outcome: Outcome) -> dict[str, Any]:
    snippet = outcome.snippet
    return {
        "line": snippet.line,
        "language": snippet.language,
        "alternative": snippet.alternative,
        "status": outcome.status,
        "reason": outcome.reason,
        "failed_line": outcome.line,
        "seconds": round(outcome.seconds, 3),
        "stdout": outcome.stdout,
        "stderr": outcome.stderr,
        "warnings": outcome.warnings,
        "error": outcome.error,
        "traceback": outcome.traceback,
        "figures": [f"sha256:{hashlib.sha256(image).hexdigest()}" for image in outcome.figures],
    }
