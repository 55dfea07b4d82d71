"""The record of a Hub's answers, and its comparison."""

from __future__ import annotations

from tests.practice_hub.contract import differences, merge, shape


def test_keys_and_types_but_no_values() -> None:
    sha = "a" * 64
    value = {"b": [{"x": 1}, {"x": None, "y": "secret"}], sha: True, "a": [], "c": 1.5}
    assert shape(value) == {"a": [], "b": [{"x": "int", "y": "str"}], "c": "float", "{hash}": "bool"}


def test_two_shapes_together() -> None:
    assert merge({"a": "int"}, {"a": "str", "b": []}) == {"a": "int or str", "b": []}
    assert merge({"b": []}, {"b": ["int"]}) == {"b": ["int"]}
    assert merge("null", "str") == "str"


def test_differences() -> None:
    ours = {"GET /a": {"200": {"headers": {"etag": "str"}, "body": {"id": "str", "more": "int"}}}}
    live = {"GET /a": {"200": {"headers": {"etag": "str", "link": "str"}, "body": {"id": "int"}}, "404": {}}}
    assert list(differences(ours, live)) == [
        ' GET /a 200 headers link: only the real Hub has it: "str"',
        ' GET /a 200 body id: ours is "str", the real Hub\'s "int"',
        " GET /a 404: only the real Hub has it: {}",
    ]
    assert list(differences(ours, ours)) == []
