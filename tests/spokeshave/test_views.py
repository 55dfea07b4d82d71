"""The views of one piece of HTML: with solutions open, without them, for instructors, for learners."""

from __future__ import annotations

import pytest

from spokeshave.blocks.html import (
    ROOT,
    SECTION_START,
    SOURCES,
    USES,
    for_instructors,
    in_view,
    open_solutions,
    solution,
    unmarked_solutions,
    without_solutions,
)

_FOLD = '<div id="{}" class="accordion">\n<details class="accordion-item">{}</details></div>'
_INNER = solution(_FOLD.format("inner", "Deep"))
_BOTH = f"<p>Try.</p>{solution(_FOLD.format('outer', _INNER))}<p>More.</p>{_FOLD.format('hint', 'Look')}"


def _opened(html: str, *names: str) -> str:
    for name in names:
        closed = _FOLD.partition("{}</details>")[0].format(name)
        html = html.replace(closed, closed.replace("<details", "<details open"))
    return html


def test_solutions_are_opened() -> None:
    """Not the hints."""
    assert open_solutions(_BOTH) == _opened(unmarked_solutions(_BOTH), "outer", "inner")


def test_solutions_are_left_out() -> None:
    assert without_solutions(_BOTH) == f"<p>Try.</p><p>More.</p>{_FOLD.format('hint', 'Look')}"


def test_marks_of_solutions_are_not_seen() -> None:
    folds = _FOLD.format("outer", _FOLD.format("inner", "Deep")), _FOLD.format("hint", "Look")
    assert unmarked_solutions(_BOTH) == "<p>Try.</p>{}<p>More.</p>{}".format(*folds)


@pytest.mark.parametrize(("instructor", "seen"), [(True, "1<i>2<b>3</b>2</i>1"), (False, "11")])
def test_notes(instructor: bool, seen: str) -> None:
    inner = for_instructors("<b>3</b>")
    outer = for_instructors(f"<i>2{inner}2</i>")
    assert in_view(f"1{outer}1", instructor=instructor) == seen


@pytest.mark.parametrize(("instructor", "root"), [(True, "../"), (False, "")])
def test_other_marks(instructor: bool, root: str) -> None:
    html = f'{SECTION_START}<a href="{ROOT}a.html">a</a>{USES}rock stone{USES}<a href="{SOURCES}b.md">b</a>'
    seen = in_view(html, instructor=instructor, sources="https://example.org/?a&b/")
    assert seen == f'<a href="{root}a.html">a</a><a href="https://example.org/?a&amp;b/b.md">b</a>'
    assert in_view("<p>None.</p>", instructor=instructor) == "<p>None.</p>"
    assert in_view(SOURCES, instructor=instructor) == ""
