"""Promotion: the fences of what a block did, byte for byte, and nothing else."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from spokeshave.cli import main
from spokeshave.problems import LessonError
from spokeshave.snippets.promote import Promotion, promote
from spokeshave.snippets.record import known_runs
from spokeshave.snippets.run import PageRun
from spokeshave.snippets.uncommitted import uncommitted
from tests.spokeshave.snippets.small_lesson import EPISODE, HEAD, git, make_lesson, read, run_by_hand

PLAIN = b"```python\nprint(1)\n```\n\n```output\n1\n```\n"

_FENCED_HEAD = HEAD.replace(b"---\n", b"---\n\n", 1).replace(b"\n---", b"\nnote: |\n\n  ````\n\n---")
_BELOW = b"\n````\n````\n"
"""Read as text, the fence in that front matter would end here."""


@dataclass(frozen=True)
class Case:
    name: str
    before: bytes
    results: list[dict[str, object]]
    after: bytes
    left: str = field(default="")


CASES = [
    Case("a new text", PLAIN, [{"stdout": "2\n"}], PLAIN.replace(b"\n1\n", b"\n2\n")),
    Case("the same text", PLAIN, [{"stdout": "1\n"}], PLAIN),
    Case("more lines", PLAIN, [{"stdout": "1\n2\n\n3\n"}], PLAIN.replace(b"\n1\n", b"\n1\n2\n\n3\n")),
    Case(
        "fewer lines",
        PLAIN.replace(b"\n1\n", b"\n1\n2\n3\n"),
        [{"stdout": "3\n"}],
        PLAIN.replace(b"\n1\n", b"\n3\n"),
    ),
    Case(
        "an empty fence is filled",
        b"```python\nprint(1)\n```\n\n```output\n```\n",
        [{"stdout": "1\n"}],
        PLAIN,
    ),
    Case(
        "Windows line ends",
        PLAIN.replace(b"\n", b"\r\n"),
        [{"stdout": "1\n2\n"}],
        PLAIN.replace(b"\n1\n", b"\n1\n2\n").replace(b"\n", b"\r\n"),
    ),
    Case(
        "mixed line ends stay mixed",
        b"Text.\r\nMore.  \n\n" + PLAIN + b"\r\nEnd.\t\r\n",
        [{"stdout": "2\n"}],
        b"Text.\r\nMore.  \n\n" + PLAIN.replace(b"\n1\n", b"\n2\n") + b"\r\nEnd.\t\r\n",
    ),
    Case(
        "byte-order mark",
        b"\xef\xbb\xbf" + HEAD + PLAIN,
        [{"stdout": "2\n"}],
        b"\xef\xbb\xbf" + HEAD + PLAIN.replace(b"\n1\n", b"\n2\n"),
    ),
    Case(
        "no line end at the end of the file",
        PLAIN.rstrip(),
        [{"stdout": "2\n"}],
        PLAIN.replace(b"\n1\n", b"\n2\n").rstrip(),
    ),
    Case(
        "trailing blanks of lines that stay",
        b"```python   \nprint(1)  \n```  \n\n```output \nkept   \nold\n```\t\n\nText  \n",
        [{"stdout": "kept\nnew   \n"}],
        b"```python   \nprint(1)  \n```  \n\n```output \nkept   \nnew\n```\t\n\nText  \n",
    ),
    Case(
        "within the tolerance, and matched by `...`",
        b"```python\n1\n```\n\n```output\n0.1234567\n```\n\n```python\n2\n```\n\n```output\nat ... o'clock\n```\n",
        [{"stdout": "0.12345671\n"}, {"stdout": "at 12 o'clock\n"}],
        b"```python\n1\n```\n\n```output\n0.1234567\n```\n\n```python\n2\n```\n\n```output\nat ... o'clock\n```\n",
    ),
    Case(
        "lines that still match stay as the author has them",
        b"```python\n1\n```\n\n```output\nseconds: ...\nrows: 5\n```\n",
        [{"stdout": "seconds: 7\nrows: 6\n"}],
        b"```python\n1\n```\n\n```output\nseconds: ...\nrows: 6\n```\n",
    ),
    Case(
        "in a list",
        b"1. Do:\n\n   ```python\n   print(1)\n   ```\n\n   ```output\n   1\n   ```\n\n2. End\n",
        [{"stdout": "  2\n\n3\n"}],
        b"1. Do:\n\n   ```python\n   print(1)\n   ```\n\n   ```output\n     2\n\n   3\n   ```\n\n2. End\n",
    ),
    Case(
        "in a quote",
        b"> ```python\n> print(1)\n> ```\n>\n> ```output\n> 1\n> ```\n",
        [{"stdout": "2\n\n3\n"}],
        b"> ```python\n> print(1)\n> ```\n>\n> ```output\n> 2\n>\n> 3\n> ```\n",
    ),
    Case(
        "in a solution, and other fences stay",
        b"```output\nof nothing\n```\n\n::: solution\n\n" + PLAIN + b"\n:::\n\n```text\n1\n```\n",
        [{"stdout": "2\n"}],
        b"```output\nof nothing\n```\n\n::: solution\n\n"
        + PLAIN.replace(b"\n1\n", b"\n2\n")
        + b"\n:::\n\n```text\n1\n```\n",
    ),
    Case(
        "not ASCII",
        "Größe\n\n```python\n'ä'\n```\n\n```{.output}\nä\n```\n\nEnde ✓\n".encode(),
        [{"stdout": "ö ✓\n"}],
        "Größe\n\n```python\n'ä'\n```\n\n```{.output}\nö ✓\n```\n\nEnde ✓\n".encode(),
    ),
    Case(
        "a tilde fence may hold backticks",
        b"```python\nx\n```\n\n~~~output\nold\n~~~\n",
        [{"stdout": "```\nnew\n```\n"}],
        b"```python\nx\n```\n\n~~~output\n```\nnew\n```\n~~~\n",
    ),
    Case(
        "a long tilde fence in which a shorter one may stand",
        b"```python\nx\n```\n\n~~~~output\nold\nolder\noldest\n~~~~\n",
        [{"stdout": "```\n~~~\n"}],
        b"```python\nx\n```\n\n~~~~output\n```\n~~~\n~~~~\n",
    ),
    Case(
        "line ends as those of the fence, whatever is around it",
        b"```python\nx\n```\n\n```output\r\nold\n```\n",
        [{"stdout": "1\n2\n"}],
        b"```python\nx\n```\n\n```output\r\n1\r\n2\r\n```\n",
    ),
    Case(
        "lines that stay keep what stands before them",
        b"```python\nx\n```\n\n  ```output\nkept as it is\n old\nkept, too\n  ```\n",
        [{"stdout": "kept as it is\nnew\nkept, too\n"}],
        b"```python\nx\n```\n\n  ```output\nkept as it is\n  new\nkept, too\n  ```\n",
    ),
    Case(
        "a fence in the front matter",
        b"\xef\xbb\xbf" + _FENCED_HEAD + PLAIN + _BELOW,
        [{"stdout": "2\n"}],
        b"\xef\xbb\xbf" + _FENCED_HEAD + PLAIN.replace(b"\n1\n", b"\n2\n") + _BELOW,
    ),
    Case(
        "a byte-order mark before text",
        b"\xef\xbb\xbfXX\n\n" + PLAIN,
        [{"stdout": "2\n"}],
        b"\xef\xbb\xbfXX\n\n" + PLAIN.replace(b"\n1\n", b"\n2\n"),
    ),
    Case(
        "an output and a warning",
        PLAIN + b"\n```warning\nUserWarning: old\n```\n",
        [{"stdout": "2\n", "warnings": "UserWarning: new\n"}],
        PLAIN.replace(b"\n1\n", b"\n2\n") + b"\n```warning\nUserWarning: new\n```\n",
    ),
    Case(
        "the last line stays",
        PLAIN.replace(b"\n1\n", b"\nold\n0.5 XX\n"),
        [{"stdout": "new\n0.5000000001 XX\n"}],
        PLAIN.replace(b"\n1\n", b"\nnew\n0.5 XX\n"),
    ),
    Case(
        "the last line stays, blanks and all",
        PLAIN.replace(b"\n1\n", b"\nold\n0.5 XX  \n"),
        [{"stdout": "new\n0.5000000001 XX\n"}],
        PLAIN.replace(b"\n1\n", b"\nnew\n0.5 XX  \n"),
    ),
    Case(
        "an error that could not be told from its frames",
        b"```python\nx\n```\n\n```error\nTraceback\nValueError: old\n```\n",
        [{"error": "ValueError: a\nValueError: b"}],
        b"```python\nx\n```\n\n```error\nTraceback\nValueError: old\n```\n",
        f"{EPISODE}:11: what the block did cannot be written down as text. Let it print less, or skip it.",
    ),
    Case(
        "a warning",
        b"```python\nx\n```\n\n```warning\nUserWarning: old\n```\n",
        [{"warnings": "UserWarning: new\n"}],
        b"```python\nx\n```\n\n```warning\nUserWarning: new\n```\n",
    ),
    Case(
        "an error, whose frames stay",
        b"```python\nx\n```\n\n```error\nTraceback (most recent call last):\n  File ...\nNameError: old\n```\n",
        [{"error": "NameError: new"}],
        b"```python\nx\n```\n\n```error\nTraceback (most recent call last):\n  File ...\nNameError: new\n```\n",
    ),
    Case(
        "a fence that would be closed",
        PLAIN,
        [{"stdout": "```\n"}],
        PLAIN,
        f"{EPISODE}:11: the output has a line that would close this fence (`````). Make the fence longer first: ````.",
    ),
    Case(
        "control characters",
        PLAIN,
        [{"stdout": "1\r2\n"}],
        PLAIN,
        f"{EPISODE}:11: the output has control characters, which a page cannot hold. Let it print plain text.",
    ),
    Case(
        "control characters that are not ASCII",
        PLAIN,
        [{"stdout": "a\x9fb\n"}],
        PLAIN,
        f"{EPISODE}:11: the output has control characters, which a page cannot hold. Let it print plain text.",
    ),
    Case(
        "the sign for bytes that are no text",
        PLAIN,
        [{"stdout": "a\ufffdb\n"}],
        PLAIN.replace(b"\n1\n", b"\na\xef\xbf\xbdb\n"),
    ),
    Case(
        "a blank that a quote takes, between two outputs that get longer",
        PLAIN + b"\n>```python\n>```\n>\n>```output\n>1\n>```\n\n" + PLAIN,
        [{"stdout": "2\n3\n"}, {"stdout": " x\ny\n"}, {"stdout": "4\n5\n6\n"}],
        PLAIN.replace(b"\n1\n", b"\n2\n3\n")
        + b"\n>```python\n>```\n>\n>```output\n>1\n>```\n\n"
        + PLAIN.replace(b"\n1\n", b"\n4\n5\n6\n"),
        f"{EPISODE}:18: the output would change how the page is read. Write it into the page by hand.",
    ),
    Case(
        "nothing is printed any more, and the fences below are written",
        PLAIN + b"\n```warning\nUserWarning: old\n```\n",
        [{"stdout": "", "warnings": "UserWarning: new\n"}],
        PLAIN + b"\n```warning\nUserWarning: new\n```\n",
        f"{EPISODE}:11: the block has nothing for this `output` block any more. Remove it.",
    ),
    Case(
        "a fence that is right, and one that is not",
        PLAIN + b"\n```warning\nUserWarning: old\n```\n",
        [{"stdout": "1\n", "warnings": "UserWarning: new\n"}],
        PLAIN + b"\n```warning\nUserWarning: new\n```\n",
    ),
    Case(
        "a text that would stand for others",
        PLAIN,
        [{"stdout": "nothing...\n", "warnings": ""}],
        PLAIN.replace(b"\n1\n", b"\nnothing...\n"),
    ),
    Case(
        "an error that had no frames",
        b"```python\nx\n```\n\n```error\nNameError: old\n```\n",
        [{"error": "ValueError: two\nlines"}],
        b"```python\nx\n```\n\n```error\nValueError: two\nlines\n```\n",
    ),
    Case(
        "an error of a page that named none",
        b"```python\nx\n```\n\n```error\n12 is wrong\n```\n",
        [{"error": "ValueError: 13"}],
        b"```python\nx\n```\n\n```error\nValueError: 13\n```\n",
    ),
    Case(
        "a shell's error is the last line that it told",
        b"```bash\nls x\n```\n\n```error\nls: old\n```\n",
        [{"error": "exit code 2", "stderr": "reading x\nls: new\n"}],
        b"```bash\nls x\n```\n\n```error\nls: new\n```\n",
    ),
    Case(
        "or its exit code",
        b"```bash\nls x\n```\n\n```error\nls: old\n```\n",
        [{"error": "exit code 2", "stderr": ""}],
        b"```bash\nls x\n```\n\n```error\nexit code 2\n```\n",
    ),
    Case(
        "what a shell told",
        b"```bash\nls x\n```\n\n```warning\nold\n```\n",
        [{"stderr": "new\nlines\n"}],
        b"```bash\nls x\n```\n\n```warning\nnew\nlines\n```\n",
    ),
    Case(
        "an error that does not come any more",
        b"```python\nx\n```\n\n```error\nNameError: old\n```\n",
        [{"stdout": ""}],
        b"```python\nx\n```\n\n```error\nNameError: old\n```\n",
        f"{EPISODE}:11: the block has nothing for this `error` block any more. Remove it.",
    ),
    Case(
        "a block that failed",
        PLAIN,
        [
            {
                "status": "failed",
                "stdout": "2\n",
                "error": "NameError: x",
                "reason": "it raised NameError: x\nand more",
            }
        ],
        PLAIN,
        f"{EPISODE}:7: the block did not run to its end (it raised NameError: x). Mend the code first.",
    ),
    Case(
        "two outputs that get longer, and code below",
        PLAIN + b"\n" + PLAIN + b"\n```python\n```\n\n    indented code\n",
        [{"stdout": "2\n\n3\n"}, {"stdout": "4\n5\n"}, {}],
        PLAIN.replace(b"\n1\n", b"\n2\n\n3\n")
        + b"\n"
        + PLAIN.replace(b"\n1\n", b"\n4\n5\n")
        + b"\n```python\n```\n\n    indented code\n",
    ),
    Case(
        "signs that the reader does not keep",
        b"A \x07bell \xef\xbf\xbd in `a\x0b\xc2\x85`.\n\n    code\x1f\n\n" + PLAIN,
        [{"stdout": "2\n3\n"}],
        b"A \x07bell \xef\xbf\xbd in `a\x0b\xc2\x85`.\n\n    code\x1f\n\n"
        + PLAIN.replace(b"\n1\n", b"\n2\n3\n"),
    ),
    Case(
        "lines that end as on old computers",
        b"Text.\r\r" + PLAIN.replace(b"\n", b"\r"),
        [{"stdout": "2\n3\n"}],
        b"Text.\r\r" + PLAIN.replace(b"\n1\n", b"\n2\n3\n").replace(b"\n", b"\r"),
    ),
    Case(
        "an output like the end of an element around it",
        b"<div>\n\n" + PLAIN + b"\n</div>\n",
        [{"stdout": "</div>\n"}],
        b"<div>\n\n" + PLAIN.replace(b"\n1\n", b"\n</div>\n") + b"\n</div>\n",
    ),
    Case("a block that did not run", PLAIN, [{"status": "not run"}], PLAIN),
]


def _promote(
    root: Path, results: list[dict[str, object]], *, force: bool = False
) -> tuple[Promotion, list[str]]:
    lesson = read(root)
    shown: list[str] = []
    return promote(lesson, run_by_hand(lesson, results), force=force, show=shown.append), shown


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_promotion(case: Case, tmp_path: Path) -> None:
    root = make_lesson(tmp_path, case.before)
    before = (root / EPISODE).read_bytes()
    promotion, _ = _promote(root, case.results)
    after = (root / EPISODE).read_bytes()
    assert after == before.replace(case.before, case.after)
    assert [change.path for change in promotion.changes] == ([] if before == after else [EPISODE])
    assert "".join(map(str, promotion.left)) == case.left
    # What was written is right: a second promotion has nothing to do.
    if case.before != case.after:
        again, _ = _promote(root, case.results, force=True)
        assert again.changes == ()


def test_shows_a_unified_diff(tmp_path: Path) -> None:
    _, shown = _promote(make_lesson(tmp_path, PLAIN), [{"stdout": "2\n"}])
    assert shown[:2] == [f"--- a/{EPISODE}", f"+++ b/{EPISODE}"]
    assert "-1" in shown
    assert "+2" in shown


def test_refuses_to_overwrite_what_git_does_not_have(tmp_path: Path) -> None:
    root = make_lesson(tmp_path, PLAIN)
    changed = (root / EPISODE).read_bytes() + b"\nNot committed.\n"
    (root / EPISODE).write_bytes(changed)
    with pytest.raises(LessonError, match=f"{EPISODE}: it has changes that are not committed"):
        _promote(root, [{"stdout": "2\n"}])
    assert (root / EPISODE).read_bytes() == changed
    _promote(root, [{"stdout": "2\n"}], force=True)
    assert (root / EPISODE).read_bytes() == changed.replace(b"\n1\n", b"\n2\n")


def test_refuses_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    root = make_lesson(tmp_path, PLAIN, commit=False)
    with pytest.raises(LessonError, match="it is in no git repository, so its present text could not"):
        _promote(root, [{"stdout": "2\n"}])
    assert (root / EPISODE).read_bytes() == HEAD + PLAIN


_MEANWHILE = "the file was changed while its code ran. Run the command again."


def test_leaves_a_file_that_was_changed_meanwhile(tmp_path: Path) -> None:
    root = make_lesson(tmp_path, PLAIN)
    lesson = read(root)
    runs = run_by_hand(lesson, [{"stdout": "2\n"}])
    (root / EPISODE).write_bytes(HEAD + b"New.\n\n" + PLAIN)
    promotion = promote(lesson, runs, force=True, show=str)
    assert str(promotion.left[0]) == f"{EPISODE}: {_MEANWHILE}"
    assert (root / EPISODE).read_bytes() == HEAD + b"New.\n\n" + PLAIN


def test_a_file_that_is_no_text_any_more(tmp_path: Path) -> None:
    root = make_lesson(tmp_path, PLAIN)
    runs = run_by_hand(lesson := read(root), [{"stdout": "2\n"}])
    (root / EPISODE).write_bytes(HEAD + PLAIN + b"\xff")
    assert [str(problem) for problem in promote(lesson, runs, force=True, show=str).left] == [
        f"{EPISODE}: {_MEANWHILE}"
    ]


def test_a_file_that_is_changed_while_the_difference_is_shown(tmp_path: Path) -> None:
    root = make_lesson(tmp_path, PLAIN)
    runs = run_by_hand(lesson := read(root), [{"stdout": "2\n"}])
    with pytest.raises(LessonError) as caught:
        promote(lesson, runs, force=True, show=lambda _: (root / EPISODE).write_bytes(b"New."))
    assert str(caught.value) == f"{EPISODE}: {_MEANWHILE}"
    assert (root / EPISODE).read_bytes() == b"New."


def test_what_git_could_not_bring_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ignored, not in a repository, no git at all; names that look like options are names."""
    root = make_lesson(tmp_path, PLAIN)
    for name in ("-v.md", "ignored.md", ".gitignore"):
        (root / name).write_text("ignored.md\n")
    git(root, "add", "--", "-v.md", ".gitignore")
    git(root, "commit", "-q", "--no-gpg-sign", "-m", "Two")
    mend = "Commit it first, or overwrite it with --force."
    assert uncommitted(root, "-v.md") is None
    assert uncommitted(root, EPISODE) is None
    assert (
        str(uncommitted(root, "ignored.md")) == f"ignored.md: it has changes that are not committed. {mend}"
    )
    lost = "so its present text could not be brought back"
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (root / ".git").rename(root / "elsewhere")
    assert str(uncommitted(root, EPISODE)) == f"{EPISODE}: it is in no git repository, {lost}. {mend}"
    monkeypatch.setenv("PATH", "")
    assert str(uncommitted(root, EPISODE)) == f"{EPISODE}: git is not there, {lost}. {mend}"


def test_keeps_the_rights_of_the_file(tmp_path: Path) -> None:
    root = make_lesson(tmp_path, PLAIN)
    (root / EPISODE).chmod(0o755)
    _promote(root, [{"stdout": "2\n"}], force=True)
    assert (root / EPISODE).stat().st_mode & 0o777 == 0o755


def _image(colour: str) -> bytes:
    image = Image.new("RGB", (64, 64), "white")
    image.paste(colour, (16, 16, 48, 48))
    target = io.BytesIO()
    image.save(target, "png")
    return target.getvalue()


_FIGURE = b"<!-- figure: fig/plot.png -->\n\n```python\nplot()\n```\n"


def _with_figure(root: Path, old: bytes | None) -> tuple[PageRun, ...]:
    make_lesson(root, _FIGURE)
    if old is not None:
        (root / "episodes/fig").mkdir()
        (root / "episodes/fig/plot.png").write_bytes(old)
        git(root, "add", "-A")
        git(root, "commit", "-q", "--no-gpg-sign", "-m", "Two")
    return run_by_hand(read(root), [{"figures": (_image("blue"), _image("black"))}])


@pytest.mark.parametrize(
    ("old", "written"),
    [(None, True), (_image("white"), True), (_image("black") + b"other bytes, same picture", False)],
    ids=["missing", "stale", "same"],
)
def test_figures(old: bytes | None, written: bool, tmp_path: Path) -> None:
    """The last figure is written where it looks different from the one that is there."""
    runs = _with_figure(tmp_path, old)
    shown: list[str] = []
    promotion = promote(read(tmp_path), runs, force=False, show=shown.append)
    assert [change.path for change in promotion.changes] == (["episodes/fig/plot.png"] if written else [])
    before = "no file" if old is None else f"{len(old)} bytes"
    size = f"episodes/fig/plot.png: {before}, now {len(_image('black'))} bytes"
    assert shown == ([size] if written else [])
    expected = _image("black") if written else old
    assert (tmp_path / "episodes/fig/plot.png").read_bytes() == expected
    assert (tmp_path / EPISODE).read_bytes() == HEAD + _FIGURE


def test_several_pages(tmp_path: Path) -> None:
    """What is left and what is changed of the first is not lost with the second; right outputs stay."""
    root = make_lesson(tmp_path, PLAIN + b"\n" + _FIGURE + b"\n```output\n1\n```\n", commit=False)
    (root / "episodes/two.md").write_bytes(HEAD + PLAIN + b"\n" + PLAIN)
    ends: list[dict[str, object]] = [
        {"stdout": ""},
        {"stdout": "1\n", "figures": (_image("blue"),)},
        {"stdout": "2\n"},
        {"stdout": ""},
    ]
    promotion, shown = _promote(root, ends, force=True)
    assert [change.path for change in promotion.changes] == ["episodes/fig/plot.png", "episodes/two.md"]
    assert "+2" in shown
    nothing = "the block has nothing for this `output` block any more. Remove it."
    assert list(map(str, promotion.left)) == [f"{EPISODE}:11: {nothing}", f"episodes/two.md:19: {nothing}"]


def test_what_depends_on_the_tab_is_left(tmp_path: Path) -> None:
    """The outputs in the tabs are written, and those below them that are the same with either tab."""
    tab = "### {0}\n\n```python\nx = '{0}'\nx\n```\n\n```output\n{1}```\n\n"
    below = "```python\nx\n```\n\n```output\nold\n```\n\n```python\nlen(x)\n```\n\n```output\n{0}\n```\n"

    def page(one: str, two: str, length: int) -> str:
        tabs = tab.format("One", one) + tab.format("Two", two)
        return f"::: group-tab\n\n{tabs}:::\n\n{below.format(length)}"

    before, after = page("", "", 2), page("'One'\n", "'Two'\n", 3)
    root = make_lesson(tmp_path, before.encode())
    done = CliRunner().invoke(main, ["snippets", str(root), "--promote"])
    place = f"{EPISODE}:{(HEAD.decode() + before[: before.index('old')]).count(chr(10))}"
    assert (
        f"{place}: it printed something else than the page says (with the tab “One” chosen)\n" in done.output
    )
    why = "what the block does depends on the tab that is chosen"
    fix = "Put it into the tabs, or `...` for what differs."
    assert f"left as it is: {place}: {why}. {fix}\n" in done.output
    assert done.exit_code == 1
    assert (root / EPISODE).read_text() == HEAD.decode() + after


def test_figures_of_several_blocks(tmp_path: Path) -> None:
    """Blocks without one, and those whose figure is right, are passed over; what is shown says how large they are."""
    other = _FIGURE.replace(b"plot.png", b"other.png")
    wrong = b"\n```output\nold\n```\n"
    root = make_lesson(tmp_path, b"```python\n```\n\n" + _FIGURE + wrong + b"\n" + other + b"\n" + PLAIN)
    (root / "episodes/fig").mkdir()
    (root / "episodes/fig/plot.png").write_bytes(_image("black"))
    (root / "episodes/fig/other.png").write_bytes(_image("red"))
    git(root, "add", "-A")
    git(root, "commit", "-q", "--no-gpg-sign", "-m", "Two")
    drawn = tuple(map(_image, ("red", "green", "blue")))
    promotion, shown = _promote(
        root, [{}, {"stdout": "new\n", "figures": (_image("black"),)}, {"figures": drawn}, {}]
    )
    assert (root / "episodes/fig/other.png").read_bytes() == _image("blue")
    sizes = f"{len(_image('red'))} bytes, now {len(_image('blue'))} bytes"
    assert shown[-2] == f"episodes/fig/other.png: {sizes}"
    assert [change.path for change in promotion.changes] == [EPISODE, "episodes/fig/other.png"]


def test_a_figure_outside_the_lesson(tmp_path: Path) -> None:
    root = make_lesson(tmp_path / "lesson", _FIGURE.replace(b"fig/plot.png", b"../../plot.png"))
    promotion, shown = _promote(root, [{"figures": (_image("black"),)}])
    assert promotion.changes == ()
    assert shown == [f"left as it is: {EPISODE}:9: its figure is outside the lesson. Choose another place."]
    assert not (tmp_path / "plot.png").exists()


def test_a_block_that_draws_nothing_any_more_is_named(tmp_path: Path) -> None:
    root = make_lesson(tmp_path, _FIGURE)
    promotion, shown = _promote(root, [{}])
    assert promotion.changes == ()
    assert shown == [f"left as it is: {EPISODE}:9: the block drew no figure. Mend the code."]


def test_command(tmp_path: Path) -> None:
    """From a page with a stale output to one that passes; then the record lets the page say so."""
    root = make_lesson(tmp_path, PLAIN.replace(b"print(1)", b"print(2)"))
    runner = CliRunner()
    assert runner.invoke(main, ["snippets", str(root)]).exit_code == 1
    done = runner.invoke(main, ["snippets", str(root), "--promote"])
    assert done.exit_code == 0, done.output
    assert "\n-1\n+2\n" in done.output
    assert (root / EPISODE).read_bytes() == HEAD + b"```python\nprint(2)\n```\n\n```output\n2\n```\n"
    assert runner.invoke(main, ["snippets", str(root), "--record"]).exit_code == 0
    (ran,) = known_runs(read(root), None).values()
    assert (ran.count, ran.total) == (1, 1)
    assert list(ran.versions) == ["Python"]


def test_command_refuses_and_says_how_to_go_on(tmp_path: Path) -> None:
    root = make_lesson(tmp_path, PLAIN.replace(b"print(1)", b"print(2)"), commit=False)
    git(root, "init", "-q")
    done = CliRunner().invoke(main, ["snippets", str(root), "--promote"])
    assert done.exit_code == 1
    assert (
        f"{EPISODE}: it has changes that are not committed. Commit it first, or overwrite it with --force"
        in done.output
    )
    assert CliRunner().invoke(main, ["snippets", str(root), "--promote", "--force"]).exit_code == 0
