"""Which pages of a site differ from those of an earlier one, as Markdown for a job's summary.

python -m tests.workflows.changed_pages EARLIER_DOCS DOCS
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.workbench.compare import content_of


def changed(earlier: Path, docs: Path) -> list[str]:
    """A line for each learner's page that is new, gone or holds something else. Frames do not count."""
    names = sorted({path.name for site in (earlier, docs) for path in site.glob("*.html")})
    if not names:
        raise SystemExit(f"error: {docs}: there are no pages here. Build the site first.")
    states = {name: _state(earlier / name, docs / name) for name in names}
    return [f"- `{name}` {state}" for name, state in states.items() if state]


def _state(earlier: Path, page: Path) -> str:
    if not earlier.is_file():
        return "is new"
    if not page.is_file():
        return "is gone"
    contents = [content_of(file.read_text(encoding="utf-8")) for file in (earlier, page)]
    return "" if contents[0] == contents[1] else "is different"


if __name__ == "__main__":
    lines = changed(Path(sys.argv[1]), Path(sys.argv[2]))
    print("\n".join(["## Pages that this changes", "", *(lines or ["None."])]))
