"""How time grows with size: `python -m tests.fuzz.growth` prints it for each construct, and fails if it is no line.

Each text is taken at 1, 2, 4 and 8 times its size. The exponent is the slope of a straight line through the logarithms
of sizes and times: 1 for time in proportion to size, 2 for its square.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from math import log

from tests.fuzz.constructs import CONSTRUCTS, SETTINGS
from tests.fuzz.targets import config, markdown

_TIMES = (1, 2, 4, 8)
_LEAST = 0.02
"""Seconds that the smallest text takes: less is noise."""
_SHORTEST = 20_000
"""Characters of the smallest text: a fast machine and a slow one then see the same growth."""
_SOON = 0.25
"""A text for which not even this is reached at a large size takes no time worth measuring."""
_LARGEST = 200_000
_EXPONENT = 1.3
_AGAIN = 2
"""How often a construct is measured again that seems to be worse than that."""


def seconds(work: Callable[[str], None], text: str) -> float:
    """The processor's time, the least of three runs."""
    found = []
    for _ in range(3):
        started = time.process_time()
        work(text)
        found.append(time.process_time() - started)
    return min(found)


def exponent(times: Sequence[float]) -> float:
    """The slope of the least-squares line through the logarithms."""
    xs = [log(size) for size in _TIMES]
    ys = [log(max(taken, 1e-6)) for taken in times]
    middle_x, middle_y = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - middle_x) * (y - middle_y) for x, y in zip(xs, ys, strict=True))
    return above / sum((x - middle_x) ** 2 for x in xs)


def measured(work: Callable[[str], None], construct: Callable[[int], str]) -> list[float]:
    """The four times, from a size on that takes long enough to tell."""
    size = 50
    while size < _LARGEST and (len(construct(size)) < _SHORTEST or seconds(work, construct(size)) < _LEAST):
        size *= 2
    return [seconds(work, construct(size * factor)) for factor in _TIMES]


def main() -> None:
    bad = 0
    for work, constructs in ((markdown, CONSTRUCTS), (config, SETTINGS)):
        for name, construct in constructs.items():
            times = measured(work, construct)
            for _ in range(_AGAIN):
                if exponent(times) > _EXPONENT:
                    # Another program on the machine may have held one of them up.
                    times = min(times, measured(work, construct), key=exponent)
            slope = exponent(times)
            wrong = slope > _EXPONENT and times[-1] > _SOON
            bad += wrong
            columns = " ".join(f"{taken:7.3f}" for taken in times)
            print(f"{name:30}{columns} s  exponent {slope:.2f}{'  TOO FAST' if wrong else ''}", flush=True)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
