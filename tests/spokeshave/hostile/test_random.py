"""Random lessons, pages and settings raise nothing but what the command tells: `FUZZ_EXAMPLES=10000` tries more."""

from __future__ import annotations

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import FILES, config, lesson, markdown

_LONG = "FUZZ_EXAMPLES" in os.environ
_many = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "300")), derandomize=not _LONG, deadline=None
)

_PAGE = st.lists(
    st.one_of(
        st.sampled_from(
            """::: callout|:::|::: {.a #b}|```python|```|~~~|> |- |1. |(@a) |#|## A {#b .c}|| a | b ||---|---|+---+
            ---|: |[^a]|[^a]: |[a]|[a]: b|(c)|{.d e="f"}|*|**|_|`|$|$$|\\(|<div>|</div>|<!--|-->|<a b='|<script>|![|
            ^|~|--|...|"|'|@a|\\|http://a.b|\\begin{a}|a  |\t|    |é|\u2028|\x00|:a:|&amp;|<!-- allow """.split(
                "|"
            )
        ),
        st.sampled_from(["\n", "\n\n", " ", "word"]),
        st.text(max_size=4),
    ),
    max_size=40,
).map("".join)
_KEYS = st.sampled_from(
    """title source url episodes learners timetable name days start date items break other minutes part id zone
    languages default created lang glosario overview handout keywords teaching exercises slug en def <<""".split()
)
_SCALAR = st.one_of(
    st.sampled_from(
        ["01-first.md", "09:00", "2027-03-01", "Europe/Berlin", "10", "true", "~", "*a", "&a b", "!!x y"]
    ),
    st.text(max_size=8),
)


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    lists = st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]")
    pairs = st.lists(st.tuples(_KEYS, inner), max_size=4)
    return st.one_of(lists, pairs.map(lambda found: "{" + ", ".join(f"{k}: {v}" for k, v in found) + "}"))


_CONFIG = st.one_of(
    st.lists(st.tuples(_KEYS, st.recursive(_SCALAR, _nested, max_leaves=8)), max_size=6).map(
        lambda lines: "".join(f"{key}: {value}\n" for key, value in lines)
    ),
    st.text("ab:-?[]{}#&*!|>'\"%@`\n  ,.1~\t\u2028", max_size=60),
)
_FILE = st.one_of(
    st.binary(max_size=40),
    _CONFIG.map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.tuples(_CONFIG, _PAGE).map(
        lambda two: f"---\n{two[0]}---\n\n{two[1]}".encode("utf-8", "surrogatepass")
    ),
)
_SETTLED = b"title: A\nsource: https://example.org/a/b\nglosario: true\n"


@_many
@given(_PAGE)
def test_any_page(text: str) -> None:
    markdown(text)


@_many
@given(_CONFIG)
def test_any_settings(text: str) -> None:
    config(text)


@_many
@given(st.one_of(st.just(_SETTLED), _FILE), st.lists(_FILE, max_size=len(FILES) - 1))
def test_any_lesson(settled: bytes, others: list[bytes]) -> None:
    lesson([settled, *others])
