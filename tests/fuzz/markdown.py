"""Fuzzes the Markdown of pages: `python -m tests.fuzz.markdown`."""

from __future__ import annotations

import atheris

with atheris.instrument_imports(include=["spokeshave"]):
    from tests.fuzz.run import cases, fuzz, sources
    from tests.fuzz.targets import markdown


def try_page(data: bytes) -> None:
    markdown(data.decode("utf-8", "replace"))


if __name__ == "__main__":
    fuzz("markdown", try_page, [*sources("episodes/*.md", "learners/*.md"), *cases()])
