"""What is read from weights: only what the format allows, since it goes into the answers of the server."""

from __future__ import annotations

import json

import pytest

from practice_hub.descriptions import safetensors_header
from practice_hub.store.large import BytesContent

TENSOR = {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}


def content(header: str) -> BytesContent:
    data = header.encode()
    return BytesContent(len(data).to_bytes(8, "little") + data)


def test_a_header() -> None:
    header = {"__metadata__": {"format": "pt"}, "größe": TENSOR, "scalar": {**TENSOR, "shape": []}}
    assert safetensors_header(content(json.dumps(header, ensure_ascii=False))) == header


@pytest.mark.parametrize(
    "header",
    [
        json.dumps({"a": {**TENSOR, "dtype": "\ud800"}}),
        json.dumps({"\udc00": TENSOR}),
        json.dumps({"a": {**TENSOR, "shape": [1] * 65}}),
        json.dumps({"a": {**TENSOR, "shape": [1 << 47] * 9}}),
        json.dumps({"a": {**TENSOR, "shape": [-1]}}),
        json.dumps({"a": {**TENSOR, "shape": "23"}}),
        json.dumps({"a": {**TENSOR, "data_offsets": [float("nan")]}}),
        json.dumps({"a": {**TENSOR, "other": float("inf")}}),
        json.dumps({"__metadata__": {"loss": float("nan")}}),
        json.dumps([TENSOR]),
        "no JSON",
    ],
)
def test_no_header(header: str) -> None:
    assert safetensors_header(content(header)) == {}
