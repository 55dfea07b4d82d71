"""What running code costs beyond the code: `python -m tests.bench.snippets`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from spokeshave.reader import read_lesson
from spokeshave.snippets.collect import collect_pages
from spokeshave.snippets.run import run_pages

_BLOCK = "```python\n1\n```\n\n```output\n1\n```\n\n"
_LIMIT = 0.3
"""Seconds that a hundred blocks may take beyond the start of Python."""


def main() -> None:
    """Print the times, the best of five; end with an error if they are too long."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "episodes").mkdir()
        (root / "config.yaml").write_text("title: 'T'\nsource: 'https://github.com/example-org/lesson'\n")
        (root / "index.md").write_text("Home.\n")
        (root / "episodes" / "one.md").write_text(_BLOCK * 100)
        lesson = read_lesson(root).lesson
        python = _best(lambda: subprocess.run([sys.executable, "-c", ""], check=True))
        blocks = _best(lambda: run_pages(lesson, collect_pages(lesson)))
    print(
        f"100 trivial blocks: {blocks:.2f} s, {blocks - python:.2f} s beyond starting Python (limit {_LIMIT} s)"
    )
    sys.exit(blocks - python > _LIMIT)


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        started = perf_counter()
        work()
        times.append(perf_counter() - started)
    return min(times)


if __name__ == "__main__":
    main()
