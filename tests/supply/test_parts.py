"""The list of parts names licenses and hashes, and no address. (`make sbom` holds it against CycloneDX's schema.)"""

from __future__ import annotations

import json

from tests.supply.licenses import known
from tests.supply.locks import locked
from tests.supply.parts import cleaned

_HASH = {"alg": "SHA-256", "content": "59bb"}
_MADE = {
    "components": [
        {
            "bom-ref": "requirements-L1",
            "description": "requirements line 1: anyio==4.16.0 --hash=sha256:59bb",
            "externalReferences": [
                {"type": "distribution", "url": "https://registry.example.org/anyio/", "hashes": [_HASH]}
            ],
            "name": "anyio",
            "purl": "pkg:pypi/anyio@4.16.0",
        }
    ],
    "metadata": {
        "component": {"name": "documenting-releasing-model"},
        "tools": {"components": [{"name": "x", "externalReferences": [{"url": "https://example.org"}]}]},
    },
}


def test_no_address_is_in_it() -> None:
    made = cleaned(_MADE, {"anyio": "MIT"})
    assert "https:" not in json.dumps(made)
    assert made["components"] == [
        {
            "bom-ref": "requirements-L1",
            "name": "anyio",
            "purl": "pkg:pypi/anyio@4.16.0",
            "licenses": [{"expression": "MIT"}],
            "externalReferences": [
                {"type": "distribution", "url": "pkg:pypi/anyio@4.16.0", "hashes": [_HASH]}
            ],
        }
    ]


def test_each_part_has_a_license() -> None:
    assert {entry.name for entry in locked("site")} <= known().licenses.keys()
