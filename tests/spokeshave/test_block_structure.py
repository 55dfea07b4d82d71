"""Blocks: where they stand in the file, what is told about broken ones, and that no word gets lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spokeshave.markdown import parse
from tests.spokeshave.oracle import our_html, our_lesson_html

SIGNS = (
    *("- ", "* ", "1. ", "(@a) ", "a. ", "> ", "    ", "  ", " ", "\t", "\n", "\n\n", "| ", ": ", "~ ", "# "),
    *("::: a\n", ":::\n", "```\n", "~~~\n", "---\n", "===\n", "+---+\n", "`", "<", ">", "&", "*", '"'),
    *(
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<details>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<hr>",
        "<div\n",
    ),
)
TEXTS = st.lists(st.sampled_from((*SIGNS, "word ", "word ", "word ")), max_size=30)


def numbered(parts: list[str]) -> str:
    """The parts as one text, each `word` with its number."""
    return "".join(part.replace("word", f"w{number}x") for number, part in enumerate(parts))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_no_word_gets_lost(parts: list[str]) -> None:
    text = numbered(parts)
    html = our_html(text)
    assert [word for word in re.findall(r"w\d+x", text) if word not in html] == []


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_every_text_knows_its_lines(parts: list[str]) -> None:
    text = numbered(parts)
    lines = {
        word: number for number, line in enumerate(text.split("\n")) for word in re.findall(r"w\d+x", line)
    }
    for node in parse(text).walk():
        if node.token.content and node.token.map and not node.children:
            first, after = node.token.map
            for word in re.findall(r"w\d+x", node.token.content):
                assert first <= lines[word] < after


@pytest.mark.parametrize(
    "fenced",
    [
        "::: {.callout #x}\n\n## Title\n\na\n\n:::",
        "::: solution\na\n:::",
        "::: {.challenge}\n\na\n\n::: hint\n\nb\n\n:::\n:::",
    ],
)
def test_raw_divs_are_divs(fenced: str) -> None:
    raw = re.sub(r"::: \{?\.?(\w+)( #x)?\}?", r'<div class="\1"\2>', fenced).replace(" #x>", ' id="x">')
    raw = raw.replace(":::", "</div>")
    assert our_lesson_html(raw) == our_lesson_html(fenced)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("::: a\n\nb", {0: "this fenced div is never closed"}),
        ("a\n\n- b\n\n  ::: c\n  d\n\ne", {4: "this fenced div is never closed"}),
        ("::: a\n> ::: b\n> c\n:::", {1: "this fenced div is never closed"}),
        ("a\n\n:::", {2: "this line closes a fenced div, but none is open here"}),
        ("a\n:::", {1: "this line closes a fenced div, but none is open here"}),
        ("- a\n  :::", {1: "this line closes a fenced div, but none is open here"}),
        ("a\n::: b\nc\n\nd", {1: "this line should open a fenced div, but is part of the text around it"}),
        ("a\n\n<div>\n\nb", {2: "this <div> is never closed"}),
        ("<details>\n<p>a\n</details>", {}),
        ("a <!-- b\n\nc", {0: "this HTML comment is never closed"}),
        ("a\n\n<!-- b\n\nc", {2: "this HTML comment is never closed"}),
        (
            "a\n\n  <!-- b ->\n\n- <!-- c",
            {2: "this HTML comment is never closed", 4: "this HTML comment is never closed"},
        ),
        ("::: a\n<details>\nb\n:::", {1: "this <details> is never closed"}),
        ("::: a\n\n```\n:::\n```\n\n:::", {}),
    ],
)
def test_broken_blocks_are_told(text: str, faults: dict[int, str]) -> None:
    assert {fault.line: fault.message for fault in parse(text).faults} == faults


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "a\n\n- b\n\n  - c\n\n    d",
            [("paragraph", 1), ("bullet_list", 3), ("bullet_list", 5), ("paragraph", 7)],
        ),
        ("> a\n>\n> ```\n> x\n> ```", [("blockquote", 1), ("fence", 3)]),
        ("<details>\n<summary>a</summary>\n\n::: b\n\nc\n\n:::\n</details>", [("html_block", 2), ("div", 4)]),
        ("t\n\n: a\n\n  b", [("dl", 1), ("dd", 3), ("paragraph", 5)]),
    ],
)
def test_lines_of_nested_blocks(text: str, wanted: list[tuple[str, int]]) -> None:
    found = [(node.kind, node.line) for node in parse(text).walk()]
    assert [pair for pair in wanted if pair not in found] == []


def test_front_matter_counts() -> None:
    nodes = parse("---\ntitle: a\n---\n\n- b\n", first_line=3).nodes
    assert [(node.kind, node.line) for node in nodes] == [("bullet_list", 5)]


@pytest.mark.parametrize(
    "text",
    [
        "".join("  " * depth + "- x\n" for depth in range(400)),
        ">" * 1000 + " x\n",
        "::: a\n\n" * 1000,
        "<div>\n" * 1000,
        "<details><p>" * 300,
        "1. " * 1000 + "x",
    ],
    ids=["lists", "quotes", "divs", "raw divs", "raw blocks", "markers"],
)
def test_deep_nests_end(text: str) -> None:
    assert our_html(text)
