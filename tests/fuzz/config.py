"""Fuzzes `config.yaml`: `python -m tests.fuzz.config`."""

from __future__ import annotations

import atheris

with atheris.instrument_imports(include=["spokeshave"]):
    from tests.fuzz.run import cases, fuzz, sources
    from tests.fuzz.targets import config


def try_config(data: bytes) -> None:
    config(data.decode("utf-8", "replace"))


if __name__ == "__main__":
    fuzz("config", try_config, [*sources("config.yaml", "tests/spokeshave/lessons/*/config.yaml"), *cases()])
