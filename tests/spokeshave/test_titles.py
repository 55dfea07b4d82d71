"""Titles of pages: CommonMark, without the dialect's typography."""

from __future__ import annotations

import pytest

from spokeshave.markdown.titles import parse_title, plain_title


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("A *fine* title", "A fine title"),
        ("`code` and [link](u)", "code and link"),
        ('"Quotes" -- it\'s', '"Quotes" -- it\'s'),
        (":tada: $x$ @name", ":tada: $x$ @name"),
        ("", ""),
        ("# 1. not a block", "# 1. not a block"),
    ],
)
def test_plain_title(title: str, plain: str) -> None:
    assert plain_title(title) == plain


def test_markup_of_a_title_is_kept() -> None:
    kinds = [token.type for token in parse_title("A *fine* `title`")]
    assert kinds == ["text", "em_open", "text", "em_close", "text", "code_inline"]
