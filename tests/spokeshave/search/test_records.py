"""What search finds of a page: the cases of `records.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from spokeshave.blocks import KINDS
from spokeshave.blocks.html import in_view
from spokeshave.blocks.page import render_body
from spokeshave.markdown import parse
from spokeshave.search.cut import cut
from spokeshave.search.record import Record
from spokeshave.search.scripts import searchable
from spokeshave.theme import words

_CASES = yaml.safe_load(Path(__file__).with_name("records.yaml").read_text(encoding="utf-8"))


def _shown(record: Record) -> str:
    parts = (record.url, record.section, record.kind, record.title, record.text)
    return " | ".join(parts) + (" (closed)" if record.closed else "")


def _squeezed(line: str) -> str:
    return "|".join(part.strip() for part in line.replace("(closed)", " (closed)").split("|"))


@pytest.mark.parametrize("case", _CASES, ids=[case["title"] for case in _CASES])
def test_records(case: dict[str, Any]) -> None:
    body = render_body(parse(case["markdown"]), kinds=KINDS, words=words("en"))
    records = cut(in_view(body.html, instructor=False), "page.html", "Page", words("en"))
    assert [" ".join(_squeezed(_shown(record)).split()) for record in records] == [
        " ".join(_squeezed(line).split()) for line in case["records"]
    ]
    assert {record.page for record in records} == {"Page"}


@pytest.mark.parametrize(
    ("language", "text", "cut_at_blanks"),
    [
        ("ja", "Python で機械学習。from_pretrained を", "題 Python で 機 械 学 習 。 from_pretrained を"),
        ("zh_CN", "模型卡", "題 模 型 卡"),
        ("de", "Ein Wort", "Ein Wort"),
    ],
)
def test_scripts_without_blanks_are_searched_by_characters(
    language: str, text: str, cut_at_blanks: str
) -> None:
    assert searchable(language, "題", text) == cut_at_blanks
