"""Runs one target under atheris, which follows the lines that each input reaches: libFuzzer's options are its own.

An input that breaks the target ends it with an exit code that is not 0, and stays in `site/fuzz/`, in a file that
begins with the target's name. `python -m tests.fuzz.markdown FILE` tries it again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import atheris

_REPOSITORY = Path(__file__).parents[2]
_FOUND = _REPOSITORY / "site" / "fuzz"
_OPTIONS = ("-runs=10000", "-rss_limit_mb=1000", "-timeout=20", "-max_len=2000", "-print_final_stats=1")


def fuzz(name: str, target: Callable[[bytes], None], seeds: Iterable[bytes]) -> None:
    """Fuzz `target`, beginning with `seeds`. It never returns. Options on the command line come after ours."""
    begun = _FOUND / f"{name}-seeds"
    begun.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (begun / f"{number:03}").write_bytes(seed[:2000])
    given = sys.argv[1:]
    arguments = [name, *_OPTIONS, f"-artifact_prefix={_FOUND}/{name}-", *given]
    if not any(Path(argument).is_file() for argument in given):
        arguments.append(str(begun))
    atheris.Setup(arguments, target)
    atheris.Fuzz()


def sources(*patterns: str) -> list[bytes]:
    """The repository's files of these names, to begin with."""
    return [path.read_bytes() for pattern in patterns for path in sorted(_REPOSITORY.glob(pattern))]


def cases() -> list[bytes]:
    """Each file that a case of the hostile corpus writes."""
    import yaml  # noqa: PLC0415 - not before what is to be instrumented

    found = []
    for path in sorted((_REPOSITORY / "tests" / "spokeshave").glob("*/corpus/*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            found += [str(text).encode("utf-8", "replace") for text in case.get("files", {}).values() if text]
    return found
