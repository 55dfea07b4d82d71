"""Opens one issue for a nightly run that failed, or adds to it while it is open.

It calls `gh`, with GH_TOKEN and GH_REPO from the environment. RESULTS is what the jobs came to, as GitHub's
context `needs` in JSON; RUN_ADDRESS is the run.
"""

from __future__ import annotations

import json
import os
import subprocess

TITLE = "The nightly run fails"


def report(results: str, address: str) -> None:
    """Say which jobs failed, in the issue with the title `TITLE`."""
    failed = sorted(name for name, job in json.loads(results).items() if job["result"] == "failure")
    text = f"Failed: {', '.join(failed)}. The run: {address}"
    listed = _gh(
        "issue", "list", "--state", "open", "--search", f'in:title "{TITLE}"', "--json", "number,title"
    )
    numbers = [issue["number"] for issue in json.loads(listed) if issue["title"] == TITLE]
    if numbers:
        _gh("issue", "comment", str(min(numbers)), "--body", text)
    else:
        _gh("issue", "create", "--title", TITLE, "--body", text)


def _gh(*arguments: str) -> str:
    return subprocess.run(["gh", *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    report(os.environ["RESULTS"], os.environ["RUN_ADDRESS"])
