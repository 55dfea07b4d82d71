"""Lighthouse's four scores of three pages, as on a phone: `python -m tests.bench.lighthouse`.

https://developer.chrome.com/docs/lighthouse. Ends with an error unless every score is 100.
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
PAGES = ("05-package.html", "index.html", "aio.html")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def report(address: str, folder: Path) -> dict[str, Any]:
    """Lighthouse's whole report on the page at this address."""
    place = folder / "report.json"
    subprocess.run(
        [
            *(str(PROGRAM), address, "--quiet", "--output=json", f"--output-path={place}"),
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


def main() -> None:
    """Print the scores and what costs points."""
    if not PROGRAM.exists():
        sys.exit("error: Lighthouse is not installed: npm and Node 18 are needed. Run `make bench`.")
    perfect = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with serving(build_named(OURS, folder / "lesson"), packed=True) as root:
            for page in PAGES:
                found = report(f"{root}/{page}", folder)
                points = scores(found)
                click.echo(f"{page:18}" + "  ".join(f"{name} {score}" for name, score in points.items()))
                for audit in lost(found):
                    click.echo(f"  {audit}")
                perfect = perfect and set(points.values()) == {100}
    sys.exit(not perfect)


if __name__ == "__main__":
    main()
