"""Link definitions that all pages of a lesson share: its `links.md`."""

from __future__ import annotations

from typing import Any

from spokeshave.markdown.parser import PARSER
from spokeshave.markdown.references import References


def read_references(text: str) -> References:
    """The link definitions of `text`, by normalised label. Headings in it are no link targets."""
    env: dict[str, Any] = {}
    PARSER.parse(text, env)
    return {label: target for label, target in env.get("references", {}).items() if "attrs" in target}
