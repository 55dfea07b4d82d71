"""The wheel: the same bytes wherever and whenever it is built, with all that git has of the packages, and no more.

python -m tests.supply.wheel FOLDER

Builds it twice, in two copies of the sources, and writes it into the folder. Exit code 1 if the two differ.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tests.supply.locks import ROOT

_PACKAGES = ("src/spokeshave", "src/practice_hub")
_BESIDE = ("pyproject.toml", "README.md", "LICENSE.md", ".gitignore")
"""What hatchling reads besides the packages."""


def sources(root: Path = ROOT) -> list[str]:
    """The files of both packages that git has."""
    done = subprocess.run(
        ["git", "-C", str(root), "ls-files", *_PACKAGES], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def copy(target: Path, *, umask: int, moment: int) -> Path:
    """The sources in a new folder, with these rights and this time (seconds since 1970) on every file."""
    for name in (*sources(), *_BESIDE):
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, place)
        place.chmod(0o777 & ~umask)
        os.utime(place, (moment, moment))
    return target


def build(root: Path, target: Path, *, umask: int, zone: str) -> Path:
    """Build the wheel of the sources in `root` into the folder `target`, as another user might."""
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(target)],
        cwd=root,
        env=environment | {"TZ": zone, "PYTHONHASHSEED": str(umask)},
        umask=umask,
        check=True,
        capture_output=True,
    )
    [wheel] = target.glob("*.whl")
    return wheel


def twice(folder: Path) -> tuple[Path, Path]:
    """Two wheels, made below the folder from two copies that differ in path, rights, times and time zone."""
    early = copy(folder / "one", umask=0o022, moment=1_000_000_000)
    late = copy(folder / "another place/deeper/two", umask=0o077, moment=1_800_000_000)
    return (
        build(early, folder / "wheels/early", umask=0o022, zone="UTC"),
        build(late, folder / "wheels/late", umask=0o077, zone="Asia/Tokyo"),
    )


def packed(wheel: Path) -> set[str]:
    """The names of the files in a wheel, without those that describe it."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def main(target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        early, late = twice(Path(folder))
        if early.read_bytes() != late.read_bytes():
            raise SystemExit("error: two builds of the wheel differ. Compare them with diffoscope.")
        target.mkdir(parents=True, exist_ok=True)
        made = Path(shutil.copy(early, target))
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    print(f"{made}: {len(packed(made))} files, {made.stat().st_size:,} bytes, built twice\nsha256 {digest}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
