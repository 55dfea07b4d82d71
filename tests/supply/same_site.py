"""Builds this lesson's site twice, as two people on two machines would, and compares every byte.

python -m tests.supply.same_site

The two clones of the last commit differ in path and depth, in the times and rights of their files; the two builds in
user, home, time zone, language, hash seed and umask. Each clone is built by its own code, with search and `site.zip`,
once without options and once with `--for-web`. Exit code 1 if a file differs.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.spokeshave.sites import snapshot
from tests.supply.locks import ROOT


@dataclass(frozen=True)
class Builder:
    """Somebody who builds the site; `moment` is the time of all files, in seconds since 1970."""

    path: str
    umask: int
    moment: int
    environment: dict[str, str]


BUILDERS = (
    Builder(
        "a",
        0o022,
        1_000_000_000,
        {
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "C.UTF-8",
            "PYTHONHASHSEED": "1",
            "USER": "ada",
            "LOGNAME": "ada",
        },
    ),
    Builder(
        "another place/deeper/documenting-releasing-model",
        0o077,
        1_800_000_000,
        {
            "TZ": "America/St_Johns",
            "LC_ALL": "C",
            "LANG": "tr_TR.UTF-8",
            "PYTHONHASHSEED": "2",
            "USER": "Émil",
        },
    ),
)
OPTIONS = ((), ("--for-web",))
_KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")


def clone(target: Path, builder: Builder) -> Path:
    """The last commit with its history, in a new folder."""
    command = ["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(target)]
    subprocess.run(command, check=True, umask=builder.umask)
    for folder, _, names in os.walk(target):
        for name in names:
            os.utime(Path(folder, name), (builder.moment, builder.moment))
    return target


def build(lesson: Path, home: Path, builder: Builder, options: tuple[str, ...]) -> dict[str, bytes]:
    """Every file of the site that the clone's own code builds of it."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    home.mkdir(exist_ok=True)
    own = {"HOME": str(home), "PYTHONPATH": str(lesson / "src")}
    code = "import spokeshave, sys; print(spokeshave.__file__); from spokeshave.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "build", ".", *options],
        cwd=lesson,
        env=kept | own | builder.environment,
        umask=builder.umask,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"error: {lesson}: {done.stderr.strip()}")
    if not done.stdout.startswith(str(lesson / "src")):
        raise SystemExit(f"error: {lesson} was built by other code: {done.stdout.splitlines()[0]}")
    return snapshot(lesson / "site/docs")


def different(one: dict[str, bytes], two: dict[str, bytes]) -> list[str]:
    """The files that only one of two sites has, or that differ."""
    return sorted(path for path in one.keys() | two.keys() if one.get(path) != two.get(path))


def digest(site: dict[str, bytes]) -> str:
    """One number for all names and contents."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in sorted(site.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clones = [(clone(folder / builder.path, builder), builder) for builder in BUILDERS]
        differences = 0
        for options in OPTIONS:
            one, two = (
                build(place, folder / f"home of {builder.umask}", builder, options)
                for place, builder in clones
            )
            found = different(one, two)
            differences += len(found)
            print(*(f"error: {path} differs\n" for path in found), sep="", end="")
            print(f"spokeshave {' '.join(('build', *options))}: {len(one)} files, sha256 {digest(one)}")
    print(f"reproducible: {len(OPTIONS)} sites built twice, {differences} files differ")
    return int(differences > 0)


if __name__ == "__main__":
    raise SystemExit(main())
