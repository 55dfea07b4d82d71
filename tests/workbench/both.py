"""Builds a lesson with the Workbench and compares its site with ours: `python -m tests.workbench.both LESSON DOCS`.

DOCS is the folder in which spokeshave built its site. That the sites differ is no error: a person reads how.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.workbench.build import build
from tests.workbench.compare import differences, pages_of


def main(lesson: Path, ours: Path) -> None:
    """Print the differences, `-` for what only the Workbench's site has, and how many pages were compared."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        theirs = Path(folder) / "docs"
        builder = build(lesson, theirs)
        found = differences(theirs, ours)
        compared = len(pages_of(theirs).keys() & pages_of(ours).keys())
    print("\n".join(found))
    print(f"Built by {builder}. {compared} pages are in both sites; {len(found)} differences.")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
