"""Random nests of blocks, and random text: nothing raises, no word is lost, no id stands twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Literal

import html5lib
from hypothesis import given, settings
from hypothesis import strategies as st

from spokeshave.reading.pages import read_front_matter
from spokeshave.reading.report import Report
from spokeshave.reading.settings import read_settings
from spokeshave.reading.yaml_text import read_yaml
from tests.spokeshave.oracle import our_lesson_html

_BOXES = "callout caution prereq checklist discussion testimonial challenge keypoints".split()
_FOLDS = "solution hint spoiler instructor".split()
_OTHERS = "questions objectives tab group-tab unknown".split()
_LEAVES = ("paragraph", "heading", "code", "table")
Container = Literal["div", "list", "numbers", "quote"]


@dataclass(frozen=True)
class Block:
    """A block of a page. `detail` is a div's kind or a heading's level."""

    kind: str
    detail: str = ""
    children: tuple[Block, ...] = ()


_leaves = st.builds(Block, st.sampled_from(_LEAVES), st.sampled_from("123456"))
_kinds = st.sampled_from([*_BOXES, *_FOLDS, *_OTHERS])


def _containers(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    children = st.lists(inner, max_size=4).map(tuple)
    divs = st.builds(Block, st.just("div"), _kinds, children)
    others = st.builds(Block, st.sampled_from(["list", "numbers", "quote"]), st.just(""), children)
    return st.one_of(divs, divs, others)


_pages = st.lists(st.recursive(_leaves, _containers, max_leaves=12), min_size=1, max_size=5)


class _Page:
    """The Markdown of a nest, in which every word is another one."""

    def __init__(self, blocks: list[Block]) -> None:
        self._numbers = count(1)
        self.words: set[str] = set()
        self.secrets: set[str] = set()
        """The words that stand in instructor notes."""
        self._notes = 0
        self.text = "\n".join(line for block in blocks for line in self._lines(block))

    def _word(self, *, kept: bool = True) -> str:
        word = f"word{next(self._numbers)}x"
        if kept:
            (self.secrets if self._notes else self.words).add(word)
        return word

    def _lines(self, block: Block, parent: str = "") -> Iterator[str]:
        """The lines of a block, with an empty one at the end."""
        if block.kind == "div":
            is_note = block.detail == "instructor"
            self._notes += is_note
            yield from (f"::: {block.detail}", "", *self._inside(block, block.detail), ":::", "")
            self._notes -= is_note
        elif block.kind in ("list", "numbers"):
            yield from self._list(block)
        elif block.kind == "quote":
            yield from (f"> {line}".rstrip() for line in self._inside(block, ""))
            yield ""
        else:
            yield from self._leaf(block, parent)

    def _inside(self, block: Block, parent: str) -> Iterator[str]:
        for child in block.children:
            yield from self._lines(child, parent)

    def _list(self, block: Block) -> Iterator[str]:
        for child in block.children:
            marker = "- " if block.kind == "list" else "1. "
            yield f"{marker}{self._word()}"
            yield ""
            yield from ((" " * len(marker) + line).rstrip() for line in self._lines(child))
        # Two lists that touch are one list.
        yield from (self._word(), "")

    def _leaf(self, block: Block, parent: str) -> Iterator[str]:
        if block.kind == "heading":
            # The overview card has headings of its own: those in it are dropped, as in the Workbench.
            word = self._word(kept=parent not in ("questions", "objectives"))
            yield from ("#" * int(block.detail) + f" {word}", "")
        elif block.kind == "code":
            yield from ("```python", f"{self._word()} = 1", "", self._word(), "```", "")
        elif block.kind == "table":
            yield from (
                f"| {self._word()} | {self._word()} |",
                "|---|---|",
                f"| {self._word()} | *{self._word()}* |",
                "",
            )
        else:
            yield from (f"{self._word()} *{self._word()}*", "")


def _words_and_ids(html: str) -> tuple[set[str], Counter[str]]:
    tree = html5lib.parse(f"<!DOCTYPE html><title>x</title>{html}", namespaceHTMLElements=False)
    ids = Counter(str(element.get("id")) for element in tree.iter() if element.get("id"))
    return set(re.findall(r"word\d+x", " ".join(tree.itertext()))), ids


@settings(max_examples=3 * settings().max_examples)
@given(_pages)
def test_nests_lose_nothing(blocks: list[Block]) -> None:
    """Instructors see every word, learners every word outside the notes; no id stands twice."""
    page = _Page(blocks)
    words, ids = _words_and_ids(our_lesson_html(page.text))
    assert (page.words | page.secrets) - words == set(), page.text
    assert [identifier for identifier, number in ids.items() if number > 1] == [], page.text
    words, _ = _words_and_ids(our_lesson_html(page.text, instructor=False))
    assert page.words - words == set(), page.text
    assert page.secrets & words == set(), page.text


@given(
    st.one_of(st.text(max_size=300), st.text("::::``##|*_[](){}<>-+=~^$\\!\n\n \t\"'&.1a@:;/", max_size=120))
)
def test_any_text_is_a_page(text: str) -> None:
    our_lesson_html(text)


_yaml = st.one_of(st.text(max_size=200), st.text("ab:-?[]{}#&*!|>'\"%@`\n  ,.1~", max_size=80))


@given(_yaml)
def test_any_text_may_stand_where_yaml_is_expected(text: str) -> None:
    """It is read or it is an error in the report."""
    report = Report()
    value = read_yaml(text, "config.yaml", report)
    assert value.kind == "mapping"
    assert len(report.problems) <= 1


@given(_yaml)
def test_any_text_may_begin_a_page(text: str) -> None:
    """Front matter never takes more lines than there are."""
    for page in (text, f"---\n{text}", f"---\n{text}\n---\n\nText.\n"):
        front = read_front_matter(page, "page.md", Report())
        assert 0 <= front.lines <= page.count("\n") + 1


_keys = "title source url created lang languages life_cycle doi overview handout glosario carpentry license".split()
_values = st.one_of(
    st.text(max_size=20),
    st.just("2024-99-99"),
    st.just("[a, {b: c}]"),
    st.just("{other: [1, {lang: x}]}"),
    st.just("~"),
)


@given(st.dictionaries(st.sampled_from(_keys), _values, max_size=6))
def test_any_value_may_stand_in_the_settings(values: dict[str, str]) -> None:
    report = Report()
    text = "".join(f"{key}: {value}\n" for key, value in values.items())
    found = read_settings(read_yaml(text, "config.yaml", report), "config.yaml", report)
    assert isinstance(found.title, str)
