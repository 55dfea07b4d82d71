"""Builds a lesson with the Workbench's official container: python -m tests.workbench.container LESSON DOCS

WORKBENCH_TAG names the container's version; `latest` without it. It gets a copy of what is committed, and no
token.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_PLACE = "/lesson"
_BUILD = (
    f"git config --global --add safe.directory {_PLACE} && "
    "Rscript -e 'sandpaper::validate_lesson()' -e 'sandpaper::build_lesson(preview = FALSE)'"
)


def build(lesson: Path, docs: Path) -> None:
    """Build the committed state of `lesson` into the folder `docs`, which is replaced."""
    tag = os.environ.get("WORKBENCH_TAG") or "latest"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "lesson"
        subprocess.run(["git", "clone", "--quiet", str(lesson), str(copy)], check=True)
        run = ["docker", "run", "--rm", "--volume", f"{copy}:{_PLACE}", "--workdir", _PLACE]
        subprocess.run([*run, f"carpentries/workbench-docker:{tag}", "bash", "-c", _BUILD], check=True)
        built = copy / "site" / "docs"
        if not (built / "index.html").is_file():
            raise SystemExit("error: the Workbench built no index.html. Its messages above say why.")
        shutil.rmtree(docs, ignore_errors=True)
        shutil.copytree(built, docs)


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
