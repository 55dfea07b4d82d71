"""Each license that the locks bring is known, and one that is not is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.supply.licenses import contradictions, known, listed, problems, stated

_TABLE = known()


def test_all_are_known() -> None:
    """Those of the locks, and what is installed agrees; those of npm too."""
    assert problems(_TABLE) == []


def test_each_has_a_reason() -> None:
    reasons = [
        *_TABLE.reasons.values(),
        *_TABLE.exceptions.values(),
        *_TABLE.read.values(),
    ]
    assert [reason for reason in reasons if len(reason) < 10] == []


def test_the_list_names_all() -> None:
    words = listed(_TABLE).replace(".", " ").split()
    assert set(_TABLE.licenses) <= {*words}


def test_an_unknown_one_is_named() -> None:
    licenses = {name: found for name, found in _TABLE.licenses.items() if name != "click"} | {"gone": "MIT"}
    assert problems(replace(_TABLE, licenses=licenses)) == [
        "click: licenses.yaml does not name it (it says: BSD-3-Clause). Read its license, and add it.",
        "gone: no lock names it. Take it out of licenses.yaml.",
    ]


def test_an_unknown_one_of_npm_is_named() -> None:
    found = problems(replace(_TABLE, node={name: "" for name in _TABLE.node if name != "MPL-2.0"}))
    assert found == [
        "tests/node: node_modules/axe-core: licenses.yaml does not know its license “MPL-2.0”. Read it, and add it."
    ]


@pytest.mark.parametrize(
    ("says", "heard"),
    [
        (["BSD-3-Clause"], None),
        (["BSD", "OSI Approved :: BSD License"], None),
        (["GPL-3.0-or-later"], "GPL-3.0-or-later"),
        (["BSD", "OSI Approved :: GNU General Public License v3 (GPLv3)"], "OSI Approved :: GNU General"),
        ([], "nothing"),
    ],
)
def test_what_is_installed_must_agree(says: list[str], heard: str | None) -> None:
    """As when a new version comes under another license."""
    found = contradictions("click", says, _TABLE)
    assert len(found) == (heard is not None)
    assert all(heard in message for message in found if heard)


def test_an_expression_counts_more_than_classifiers() -> None:
    classifiers = {"classifier": ["License :: OSI Approved :: MIT License", "Topic :: Education"]}
    assert stated({"license_expression": "0BSD", "license": "BSD", **classifiers}) == ["0BSD"]
    assert stated({"license": "MIT", **classifiers}) == ["MIT", "OSI Approved :: MIT License"]
    assert stated({"license": "A whole\nlicense", **classifiers}) == ["OSI Approved :: MIT License"]
    assert stated({"license": "UNKNOWN"}) == []
