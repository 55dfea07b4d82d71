"""Builds a lesson with the Workbench itself: `python -m tests.workbench.build LESSON DOCS`.

With R's package sandpaper where it is installed, else in the Workbench's official container. Both work on a copy.
WORKBENCH_TAG names the container's version; `latest` without it. The container gets no token.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HOW_TO_GET = """\
error: neither R's package sandpaper nor a running Docker is on this machine, so the Workbench cannot build the lesson.
  Install R and the Workbench's packages: https://carpentries.github.io/workbench/#installation
  or start Docker: the Workbench is then fetched as carpentries/workbench-docker.
  You need neither of them to change the lesson: `make site` and `make test` do without."""

_BUILD = ("sandpaper::validate_lesson()", "sandpaper::build_lesson(preview = FALSE)")
_PLACE = "/lesson"


def build(lesson: Path, docs: Path) -> str:
    """Build `lesson`, as it is in its folder, into the folder `docs`, which is replaced. Says by what.

    Raises `SystemExit` if there is no Workbench here, and if it built nothing.
    """
    runner = _here("Rscript", "-e", 'packageVersion("sandpaper")') or _here("docker", "info")
    if not runner:
        raise SystemExit(HOW_TO_GET)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = _copy(lesson, Path(folder) / "lesson")
        command = _by_r() if runner == "Rscript" else _by_container(copy)
        if subprocess.run(command, check=False, cwd=copy).returncode:
            raise SystemExit("error: the Workbench did not build the lesson. Its messages above say why.")
        built = copy / "site" / "docs"
        if not (built / "index.html").is_file():
            raise SystemExit("error: the Workbench built no index.html. Its messages above say why.")
        shutil.rmtree(docs, ignore_errors=True)
        shutil.copytree(built, docs)
    return "R's sandpaper" if runner == "Rscript" else "the Workbench's container"


def _here(*command: str) -> str:
    """The program's name if the command works on this machine, else nothing."""
    if not shutil.which(command[0]):
        return ""
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return "" if done.returncode else command[0]


def _by_r() -> list[str]:
    return ["Rscript", *(part for expression in _BUILD for part in ("-e", expression))]


def _by_container(copy: Path) -> list[str]:
    expressions = " ".join(f"-e '{expression}'" for expression in _BUILD)
    script = f"git config --global --add safe.directory {_PLACE} && Rscript {expressions}"
    image = f"carpentries/workbench-docker:{os.environ.get('WORKBENCH_TAG') or 'latest'}"
    return [
        *("docker", "run", "--rm", "--volume", f"{copy}:{_PLACE}", "--workdir", _PLACE),
        *(image, "bash", "-c", script),
    ]


def _copy(lesson: Path, copy: Path) -> Path:
    """A clone of the lesson, with what is changed, new and removed in its folder."""
    subprocess.run(["git", "clone", "--quiet", str(lesson), str(copy)], check=True)
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=lesson, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        (copy / name).unlink(missing_ok=True)
        if (lesson / name).exists():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(lesson / name, copy / name)
    return copy


if __name__ == "__main__":
    print(f"Built by {build(Path(sys.argv[1]), Path(sys.argv[2]))}.")
