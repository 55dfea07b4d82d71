"""Fuzzes the reader with whole lessons: `python -m tests.fuzz.reader`. `\\xff\\xfe` parts one file from the next."""

from __future__ import annotations

import atheris

with atheris.instrument_imports(include=["spokeshave"]):
    from tests.fuzz.run import cases, fuzz, sources
    from tests.fuzz.targets import FILES, lesson

_NEXT = b"\xff\xfe"


def try_lesson(data: bytes) -> None:
    lesson(data.split(_NEXT))


def _seeds() -> list[bytes]:
    tiny = [b"".join(sources(f"tests/spokeshave/lessons/tiny/{name}")) for name in FILES]
    return [_NEXT.join(tiny), *(_NEXT.join([case, *tiny[1:]]) for case in cases())]


if __name__ == "__main__":
    fuzz("reader", try_lesson, _seeds())
