"""The metadata of cards: what is refused, what is warned of, and what no text can do."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_hub.cards.metadata import EMPTY, read_card
from practice_hub.cards.tags import tags_of


def card(yaml: str) -> str:
    return f"---\n{yaml}\n---\n# Title\n"


@pytest.mark.parametrize(
    ("yaml", "error"),
    [
        ("license: mine", '"license" must be one of'),
        ("license: [mit, mine]", '"license" must be one of'),
        ("tags: one", '"tags" must be an array of strings'),
        ("tags: [1]", '"tags" must be an array of strings'),
        ("pipeline_tag: [a]", '"pipeline_tag" must be a string'),
        ("language: {a: b}", '"language" must be a string or an array of strings'),
        (
            "base_model: [a/b, ./out/checkpoint-500]",
            '"base_model" with value "./out/checkpoint-500" is not valid. Use a model',
        ),
        ("base_model: ../out", '"base_model" with value "../out" is not valid'),
        ("base_model: A model", '"base_model" with value "A model" is not valid'),
        ("widget: hi", '"widget" must be an array'),
        ("model-index: x", '"model-index" must be an array'),
        ("model-index: [{results: []}]", '"model-index[0].name" is required'),
        ("model-index: [{name: a}]", '"model-index[0].results" is required'),
        (
            "model-index: [{name: a, results: [{task: {}, dataset: {}}]}]",
            '"model-index[0].results[0].metrics" is required',
        ),
        ("a: b: c", "YAML metadata is not valid in line 2: mapping values are not allowed here"),
        ("- a", "YAML metadata must be keys with values"),
        ("a: &a [*a, *a]", "YAML metadata is not valid"),
        ('a: "\\uD800"', "YAML metadata is not valid: it holds one half of a sign (such as `\\ud800`)"),
        ('"\\uDE00\\uD83D": a', "YAML metadata is not valid: it holds one half of a sign"),
        ("a: !!python/object:os.system x", "YAML metadata is not valid"),
    ],
)
def test_refused(yaml: str, error: str) -> None:
    assert error in " ".join(read_card(card(yaml)).errors)


@pytest.mark.parametrize(
    "yaml",
    ["base_model: resnet-50", "base_model: [a/b.c, d/e_f-2]", "base_model: []", "widget:", "widget: []"],
)
def test_taken(yaml: str) -> None:
    assert read_card(card(yaml)).errors == ()


@pytest.mark.parametrize("text", ["", "# Title", card(""), "---\n# no end"])
def test_nothing_there(text: str) -> None:
    assert read_card(text).errors == ()
    assert read_card(text).warnings == (EMPTY,)


def test_aliases_that_stand_for_billions_of_values() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert "too many values" in read_card(card("\n".join(lines))).errors[0]


@pytest.mark.parametrize(
    "line", ["  <<: [*a{0}, *a{0}]", "  !!pairs [k: *a{0}, k: *a{0}]", "  !!omap [k: *a{0}, l: *a{0}]"]
)
def test_what_is_built_at_once_is_counted_before(line: str) -> None:
    """PyYAML itself puts merged keys together: 64 levels of two would take more memory than there is."""
    lines = ["a0: &a0 {x: 1, y: 2}", *(f"a{n}: &a{n}\n{line.format(n - 1)}" for n in range(1, 65))]
    assert "too many values" in read_card(card("\n".join(lines))).errors[0]


def test_a_list_that_holds_itself() -> None:
    assert "too many values" in read_card(card("a: &a [*a, {b: *a}]")).errors[0]


def test_too_long() -> None:
    assert "it is longer than 300000 signs" in read_card(card(f"a: {'x' * 300_000}")).errors[0]


def test_values_that_json_does_not_have() -> None:
    found = read_card(card("date: 2026-01-31\nx: .nan\ny: .inf\n1: one\nlicense: mit")).metadata
    assert found == {"date": "2026-01-31", "x": "nan", "y": "inf", "1": "one", "license": "mit"}


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    found = read_card(f"---\n{text}\n---\n")
    json.dumps(found.metadata, allow_nan=False)
    tags_of(found.metadata, [])


def test_signs_that_are_written_as_two_halves() -> None:
    found = read_card(card('tags: ["\\uD83D\\uDE00 party"]\n"\\uD83D\\uDE00": x')).metadata
    assert found == {"tags": ["😀 party"], "😀": "x"}


def test_tags_of_data_sets() -> None:
    """As the client asks for them in `list_datasets(language=…, task_categories=…, size_categories=…)`."""
    found = read_card(
        card("language: [en]\ntask_categories: [text-classification]\nsize_categories: n<1K\ntags: [x]")
    )
    expected = [
        "task_categories:text-classification",
        "language:en",
        "size_categories:n<1K",
        "x",
        "region:us",
    ]
    assert tags_of(found.metadata, ["a.safetensors"], "dataset") == expected


def test_tags() -> None:
    found = read_card(
        card("library_name: sklearn\nlicense: mit\nlanguage: [en, fr]\nbase_model: a/b\ntags: [x]")
    )
    expected = ["sklearn", "safetensors", "x", "en", "fr", "base_model:a/b", "license:mit", "region:us"]
    assert tags_of(found.metadata, ["model.safetensors"]) == expected
