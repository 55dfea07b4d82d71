"""What rendering one page gathers for other pages, and for itself: `gathered.yaml`.

Each case has a page's `text` and the expected fields of its `Body`; `options` are those of `render_body`. The marks
of `spokeshave.blocks.html` are written `[root]`, `[note]` … here, and icons `<svg>`, whatever they draw.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from spokeshave.blocks import KINDS
from spokeshave.blocks.html import NOTE_END, NOTE_START, ROOT, SECTION_START, SOURCES, USES, solution
from spokeshave.blocks.page import render_body
from spokeshave.markdown import parse
from spokeshave.theme import words

Case = dict[str, Any]
ALL: list[Case] = yaml.safe_load(Path(__file__).with_name("gathered.yaml").read_text(encoding="utf-8"))
_ICON = re.compile(r'<svg class="callout-icon" .*?</svg>')
_SOLUTION_START, _SOLUTION_END = solution("|").split("|")
_MARKS: dict[str, str | int | None] = {
    NOTE_START: "[note]",
    NOTE_END: "[/note]",
    ROOT: "[root]",
    SECTION_START: "",
    SOURCES: "[sources]",
    USES: "[uses]",
    _SOLUTION_START: "[solution]",
    _SOLUTION_END: "[/solution]",
}


def _plain(value: object) -> object:
    """`value` as YAML would have it, with marks that can be read."""
    if isinstance(value, str):
        return _ICON.sub("<svg>", value.translate(str.maketrans(_MARKS)))
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def gathered(case: Case) -> dict[str, Any]:
    options = case.get("options", {})
    body = render_body(parse(case["text"]), kinds=KINDS, words=words("en"), **options)
    return {name: _plain(value) for name, value in asdict(body).items()}


@pytest.mark.parametrize("case", ALL, ids=lambda case: case["name"])
def test_gathered(case: Case) -> None:
    found = gathered(case)
    assert {name: found[name] for name in case["gathers"]} == case["gathers"]
