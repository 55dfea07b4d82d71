"""Times builds of synthetic lessons against pandoc on the same files: `python -m tests.bench.build`.

Every figure comes from a process of its own, so that peak memory is that of one build alone.
Compare ratios: seconds depend on the machine and on what else it does.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
import pypandoc

from spokeshave.bodies import Bodies
from spokeshave.output import OutputFolder
from spokeshave.reader import read_lesson
from spokeshave.site import Extras, build_site
from tests.bench.lessons import write_lesson
from tests.spokeshave.oracle import READER

SIZES = (14, 100, 1000)
_ROUNDS = {14: 7, 100: 3, 1000: 1}


def build(root: Path, target: Path, bodies: Bodies, *, search: bool = False) -> float:
    """Seconds that one build takes in this process, and in Pagefind's if there is to be an index."""
    started = time.perf_counter()
    reading = read_lesson(root)
    with OutputFolder(target) as output:
        build_site(reading.lesson, output, bodies, Extras(search=search))
        output.finish()
    return time.perf_counter() - started


def convert(root: Path) -> float:
    """Seconds that pandoc takes to convert the same episodes, one process a file."""
    command = [pypandoc.get_pandoc_path(), "-f", READER, "-t", "html4", "--section-divs", "--mathjax"]
    started = time.perf_counter()
    for path in sorted(root.glob("episodes/*.md")):
        subprocess.run(
            [*command, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True
        )
    return time.perf_counter() - started


def measure(episodes: int) -> None:
    """Print one size's figures: first and median build, with a search index, after an edit, and peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        root, target = Path(folder, "lesson"), Path(folder, "site")
        write_lesson(root, episodes)
        pandoc = convert(root) if episodes <= 100 else None
        seconds = [build(root, target, Bodies()) for _ in range(_ROUNDS[episodes])]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        searched = build(root, target, Bodies(), search=True)
        rebuilt = _rebuild(root, target) if episodes <= 100 else None
    _print(episodes, seconds, peak, searched, pandoc, rebuilt)


def _rebuild(root: Path, target: Path) -> float:
    """Seconds of a build after one episode was edited, with what is unchanged remembered."""
    bodies = Bodies(remember=True)
    build(root, target, bodies)
    times = []
    for number in range(5):
        edited = sorted(root.glob("episodes/*.md"))[number]
        edited.write_text(edited.read_text() + f"\nEdit {number}.\n")
        times.append(build(root, target, bodies))
    return statistics.median(times)


def _print(
    episodes: int,
    seconds: list[float],
    peak: float,
    searched: float,
    pandoc: float | None,
    rebuilt: float | None,
) -> None:
    median = statistics.median(seconds)
    row = f"{episodes:5} episodes  first {seconds[0]:7.3f} s  median {median:7.3f} s  "
    row += f"{1000 * median / episodes:5.1f} ms an episode  peak {peak:4.0f} MB"
    row += f"  with search {searched:7.3f} s"
    if pandoc is not None:
        row += f"  pandoc {pandoc:6.2f} s = {pandoc / median:4.1f} x"
    if rebuilt is not None:
        row += f"  rebuild {rebuilt:6.3f} s"
    click.echo(row)


def main() -> None:
    """Measure each size in a fresh process."""
    for size in SIZES:
        subprocess.run([sys.executable, "-m", "tests.bench.build", str(size)], check=True)


if __name__ == "__main__":
    measure(int(sys.argv[1])) if len(sys.argv) > 1 else main()
