"""Lighthouse's four scores of three pages: `python -m tests.bench.lighthouse`.

https://developer.chrome.com/docs/lighthouse. Ends with an error unless every score is 100: of an episode and the home
page on a phone, of the all-in-one page on a desktop. The all-in-one page has twelve thousand elements, and a phone's
processor takes its time for them: these scores are printed too, and not demanded.

Lighthouse slows the processor four times, which makes a phone of a fast desktop, and too slow a phone of a slow one.
So a first look at a page asks how fast this machine is, and the slowdown follows from Lighthouse's own table, "Target
mid-tier mobile": https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md#cpu-throttling.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from tests.browser.chromium import OPTIONS, browser_path
from tests.browser.serving import serving
from tests.spokeshave.sites import OURS, REPOSITORY, build_named

PROGRAM = REPOSITORY / "tests/node/node_modules/.bin/lighthouse"
LONG = "aio.html"
LOOKS = (("05-package.html", "phone"), ("index.html", "phone"), (LONG, "desktop"), (LONG, "phone"))
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SLOWDOWNS = ((1500, 4), (800, 2), (0, 1))
"""From which of Lighthouse's benchmark index on, how many times the processor is slowed."""


def report(address: str, folder: Path, slowdown: int = 4, device: str = "phone") -> dict[str, Any]:
    """Lighthouse's whole report on the page at this address. For a phone, the processor is slowed so many times."""
    place = folder / "report.json"
    subprocess.run(
        [
            *(str(PROGRAM), address, "--quiet", "--output=json", f"--output-path={place}"),
            f"--throttling.cpuSlowdownMultiplier={slowdown}" if device == "phone" else "--preset=desktop",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={shlex.join(OPTIONS)}",
        ],
        env={**os.environ, "CHROME_PATH": browser_path(), "TMPDIR": str(folder)},
        check=True,
    )
    found: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return found


def scores(found: dict[str, Any]) -> dict[str, int]:
    """The score of each category, from 0 to 100."""
    return {name: round(100 * (found["categories"][name]["score"] or 0)) for name in CATEGORIES}


def lost(found: dict[str, Any]) -> list[str]:
    """The audits that cost points, each with its category."""
    return [
        f"{name}: {audit['title']} ({reference['id']}: {audit.get('displayValue') or audit['score']})"
        for name in CATEGORIES
        for reference in found["categories"][name]["auditRefs"]
        if reference["weight"] and (audit := found["audits"][reference["id"]])["score"] not in (None, 1)
    ]


def slowdown_here(address: str, folder: Path) -> int:
    """How many times this machine's processor must be slowed to be a phone's. Prints why."""
    index = report(address, folder)["environment"]["benchmarkIndex"]
    slowdown = next(slowdown for least, slowdown in SLOWDOWNS if index >= least)
    click.echo(
        f"Lighthouse's benchmark index of this machine: {index:.0f}; processor slowed {slowdown} times."
    )
    return slowdown


def main() -> None:
    """Print the scores and what costs points."""
    if not PROGRAM.exists():
        sys.exit("error: Lighthouse is not installed: npm and Node 18 are needed. Run `make bench`.")
    perfect = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with serving(build_named(OURS, folder / "lesson"), packed=True) as root:
            slowdown = slowdown_here(f"{root}/{LOOKS[0][0]}", folder)
            for page, device in LOOKS:
                found = report(f"{root}/{page}", folder, slowdown, device)
                points = scores(found)
                listed = "  ".join(f"{name} {score}" for name, score in points.items())
                click.echo(f"{page:16} {device:8} {listed}")
                for audit in lost(found):
                    click.echo(f"  {audit}")
                perfect = perfect and (set(points.values()) == {100} or (page, device) == (LONG, "phone"))
    sys.exit(not perfect)


if __name__ == "__main__":
    main()
