"""Notebooks: valid, the same for the same page, current in the repository, and right when Jupyter runs them."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from markdown_it import MarkdownIt
from nbclient import NotebookClient

from spokeshave.cli import main
from spokeshave.markdown import parse
from spokeshave.notebooks.files import FOLDER, NotebookFile, is_current, make_notebooks
from spokeshave.notebooks.notebook import notebook_text
from spokeshave.snippets.collect import collect_pages
from spokeshave.snippets.matching import matches
from spokeshave.snippets.snippet import Outcome
from spokeshave.snippets.worker import without_prompts
from tests.spokeshave.sites import LESSONS, REPOSITORY, build
from tests.spokeshave.snippets.small_lesson import make_lesson, read, run_by_hand

Cell = dict[str, Any]
SITE = "https://example-org.github.io/small/"
_COMMITTED = sorted((REPOSITORY / FOLDER).glob("*.ipynb"))


def _cells(root: Path, episode: bytes, results: list[dict[str, object]], **settings: str) -> list[Cell]:
    lesson = read(make_lesson(root, episode, **settings))  # type: ignore[arg-type]
    (made,) = make_notebooks(lesson, run_by_hand(lesson, results))
    content: list[Cell] = json.loads(made.text)["cells"]
    return [{**cell, "source": "".join(cell["source"])} for cell in content]


def _text(root: Path, episode: bytes) -> str:
    """The Markdown of an episode, without the cell that names the page."""
    cells = _cells(root, episode + b"\n\n```python\n0\n```\n", [{}])
    return "\n\n".join(cell["source"] for cell in cells[1:] if cell["cell_type"] == "markdown")


def test_there_is_a_notebook_for_every_episode_with_python() -> None:
    """That they are current is a test of each page's own run: `pytest --spokeshave-notebooks`."""
    with_python = [
        page.slug
        for page in read(REPOSITORY).episodes
        if re.search(r"^\s*(`{3,}|~{3,}) *\{?\.?python", page.text, re.M)
    ]
    assert [path.stem for path in _COMMITTED] == with_python
    assert len(_COMMITTED) > 0


def test_notebooks_of_the_lesson_are_valid() -> None:
    for path in _COMMITTED:
        read_back = nbformat.read(path, as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]
        nbformat.validate(read_back)
        assert (read_back.nbformat, read_back.nbformat_minor) == (4, 5)


def test_jupyter_gets_the_committed_outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real kernel runs the first notebook in a folder with the lesson's data; no network is needed."""
    for name in (
        "IPYTHONDIR",
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_RUNTIME_DIR",
        "JUPYTER_DATA_DIR",
        "MPLCONFIGDIR",
    ):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    path = _COMMITTED[0]
    committed = json.loads(path.read_text(encoding="utf-8"))["cells"]
    folder = tmp_path / "work"
    shutil.copytree(REPOSITORY / "episodes/data", folder / "data")
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": os.fspath(folder)}}
    ).execute()
    pairs = list(zip(committed, notebook.cells, strict=True))
    code = [(old, new) for old, new in pairs if old["cell_type"] == "code"]
    assert len(code) > 2
    for old, new in code:
        assert matches(_printed(old["outputs"]), _printed(new["outputs"]), 1e-6), "".join(old["source"])


def _printed(outputs: list[Any]) -> str:
    """What a cell printed, with the display of its last expression at the end, as the runner has it."""
    texts = [
        output["text"] if output["output_type"] == "stream" else output["data"]["text/plain"]
        for output in outputs
        if output.get("name") == "stdout" or output["output_type"] == "execute_result"
    ]
    return "".join("".join(text) for text in texts)


EVERYTHING = read(LESSONS / "everything")


@pytest.mark.parametrize("page", EVERYTHING.episodes, ids=lambda page: page.slug)
def test_every_kind_of_block_gives_a_valid_notebook(page: Any) -> None:
    """No fence of a div is left over, nothing of instructor notes, no mark of ours; twice the same bytes."""
    pages = {found.path: found for found in collect_pages(EVERYTHING)}
    snippets = pages[page.path].snippets if page.path in pages else ()
    outcomes = [Outcome(snippet, "passed") for snippet in snippets]
    text = notebook_text(EVERYTHING, page, outcomes)
    assert text == notebook_text(EVERYTHING, page, outcomes)
    content = json.loads(text)
    sources = ["".join(cell["source"]) for cell in content["cells"] if cell["cell_type"] == "markdown"]
    ids = [cell["id"] for cell in content["cells"]]
    assert len(set(ids)) == len(ids)
    for source in sources:
        outside = re.sub(r"(`{3,}|<pre).*?(\1|</pre>)", "", source, flags=re.S)
        assert not re.search(r"^[> ]*:::", outside, re.M), source
        assert not re.search(r"[\x00-\x08]", source)
        for secret in ("xylophone", "Wombats", "An untitled note"):
            assert secret not in source
    magic = sum("".join(cell["source"]).startswith("%%bash\n") for cell in content["cells"])
    assert magic == sum(
        snippet.language == "shell"
        for snippet in snippets
        if _is_shown(content, without_prompts(snippet.code))
    )


def _is_shown(content: dict[str, Any], code: str) -> bool:
    return any(
        code.strip() in "".join(cell["source"]) for cell in content["cells"] if cell["cell_type"] == "code"
    )


MARKDOWN = {
    "emphasis": (
        b"*a* **b** ***c*** ~~d~~ `e` H~2~O x^2^",
        "*a* **b** **<em>c</em>** ~~d~~ `e` H<sub>2</sub>O x<sup>2</sup>",
    ),
    "signs": (rb"\* \_x\_ snake_case 5 \$ a\|b \<b\> [x]", r"\* \_x\_ snake_case 5 \$ a|b \<b> \[x\]"),
    "line starts": (b"a\n\\# b\n\n1986\\. A year", "a\n\\# b\n\n1986\\. A year"),
    "backticks": (b"`` a ` b ``", "``a ` b``"),
    "links": (
        b'[a](two.md#x) [b](../learners/setup.md) [c](#here) [d](https://e.org/ "T") [e](data/f.csv)',
        (
            f'[a]({SITE}two.html#x) [b]({SITE}index.html#setup) [c]({SITE}one.html#here) [d](https://e.org/ "T") '
            f"[e]({SITE}data/f.csv)"
        ),
    ),
    "reference links": (b"[a][r]\n\n[r]: https://e.org/(x)", "[a](<https://e.org/(x)>)"),
    "image": (
        b"![Cap *t*.](fig/a.png){alt='What [it] shows'}",
        f"![What \\[it\\] shows]({SITE}fig/a.png)\n\n<small>Cap *t*.</small>",
    ),
    "heading": (b"## Title {#own .class}", "## Title"),
    "tight list": (b"- a\n- b\n    1. c\n    2. d", "- a\n- b\n  1. c\n  2. d"),
    "loose list": (b"2. a\n\n   More\n\n3. b", "2. a\n\n   More\n\n3. b"),
    "tasks": (b"- [ ] a\n- [x] b", "- [ ] a\n- [x] b"),
    "table": (
        b"| a | b |\n|:--|--:|\n| `x|y` | *c* |".replace(b"x|y", b"xy"),
        "| a | b |\n| :--- | ---: |\n| `xy` | *c* |",
    ),
    "quote": (b"> a\n>\n> b", "> a\n>\n> b"),
    "other code": (b"```json\n{}\n```", "```json\n{}\n```"),
    "maths": (b"$x^2$ and $$y$$", "$x^2$ and $$y$$"),
    "comment": (b"a\n\n<!-- a note -->\n\nb", "a\n\nb"),
    "box": (b"::: callout\n\n## T `x`\n\na\n\n- b\n\n:::", "> **Callout**: T `x`\n>\n> a\n>\n> - b"),
    "box without a title": (b"::: caution\n\na\n\n:::", "> **Caution**\n>\n> a"),
    "key points": (b"::: keypoints\n\n- a\n\n:::", "> **Key Points**\n>\n> - a"),
    "questions": (b"::: questions\n\n- a?\n\n:::", "**Questions**\n\n- a?"),
    "solution": (
        b"::: challenge\n\n## T\n\na\n\n:::: solution\n\nb\n\n::::\n\n:::",
        "> **Challenge**: T\n>\n> a\n\n<details>\n<summary>Show me the solution</summary>\n\nb\n\n</details>",
    ),
    "titled fold": (
        b"::: hint\n\n## A < *b*\n\nc\n\n:::",
        "<details>\n<summary>A &lt; b</summary>\n\nc\n\n</details>",
    ),
    "instructor note": (b"a\n\n::: instructor\n\nSecret\n\n:::\n\nb", "a\n\nb"),
    "instructor note in a list": (b"- a\n\n  ::: instructor\n\n  Secret\n\n  :::\n", "- a"),
    "tabs": (b"::: group-tab\n\n### One\n\na\n\n### Two\n\nb\n\n:::", "**One**\n\na\n\n**Two**\n\nb"),
    "definition list": (b"a\n:   b", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>"),
}


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown(name: str, tmp_path: Path) -> None:
    source, expected = MARKDOWN[name]
    assert _text(tmp_path, source) == expected


@pytest.mark.parametrize(
    "text", ["a*b*c", "*a*b", "**a:**b", "a**(b)**c", "*a **b** c*", "**a** **b**", "*a*, *b*."]
)
def test_emphasis_survives(text: str, tmp_path: Path) -> None:
    """CommonMark reads in the notebook what pandoc reads in the source."""
    (written,) = [_text(tmp_path, text.encode())]
    html = MarkdownIt("commonmark").render(written)
    tokens = parse(text).nodes[0].children[0].token.children or ()
    tags = [token.tag for token in tokens if token.nesting == 1]
    assert re.findall(r"<(em|strong)>", html) == tags


CODE = b"""Text.

```python
print("a")
```

```output
a
```

::: challenge

## Do it

1. First:

   ```python
   x = 1
   ```

   After.

:::: solution

Before.

```python
x = 2
```

After.

::::

:::

<!-- skip: needs an account -->

```bash
$ hf upload
```

```output
done
```

```python
1 / 0
```

```error
ZeroDivisionError: division by zero
```
"""
RESULTS: list[dict[str, object]] = [
    {"stdout": "a\n"},
    {},
    {"stdout": "2\n", "figures": (b"png",), "warnings": "UserWarning: w\n"},
    {},
    {"error": "ZeroDivisionError: division by zero"},
]


def test_code_cells(tmp_path: Path) -> None:
    """Code out of lists and folds, hidden where it is a solution, with what it really did."""
    cells = _cells(tmp_path, CODE, RESULTS)
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert [cell["source"] for cell in code] == ['print("a")', "x = 1", "x = 2", "1 / 0"]
    assert [cell["execution_count"] for cell in code] == [1, 2, 3, 4]
    assert [cell["metadata"].get("tags", []) for cell in code] == [
        [],
        [],
        ["solution"],
        ["raises-exception"],
    ]
    assert code[2]["metadata"]["jupyter"] == {"source_hidden": True, "outputs_hidden": True}
    kinds = [[output["output_type"] for output in cell["outputs"]] for cell in code]
    assert kinds == [["stream"], [], ["stream", "stream", "display_data"], ["error"]]
    assert code[3]["outputs"][0]["ename"] == "ZeroDivisionError"
    texts = [cell["source"] for cell in cells if cell["cell_type"] == "markdown"]
    assert texts[1:] == [
        "Text.",
        "> **Challenge**: Do it\n>\n> 1. First:",
        "> After.\n\n<details>\n<summary>Show me the solution</summary>\n\nBefore.\n\n</details>",
        "<details>\n<summary>Show me the solution (continued)</summary>\n\nAfter.\n\n</details>",
        # A block that is not run is text, with the page's output.
        "```bash\nhf upload\n```\n\n```output\ndone\n```",
    ]


TABS = b"""::: group-tab

### One

```python
x = 1
```

### Two

More.

```python
x = 2
print(x)
```

```output
2
```

```python
x = 3
```

:::

::: tab

### Windows

<!-- skip: waits for an answer -->

```bash
dir
```

### Linux

```bash
ls
```

:::

```python
x
```
"""


TABS_AS_TEXT = """\
**One**

**Two**

More.

*Not run by “Run all”, which runs the first of the tabs. If this one is yours, copy its code into cells.*

```python
x = 2
print(x)
```

```output
2
```

```python
x = 3
```

**Windows**

```bash
dir
```

**Linux**"""


def test_other_tabs_are_text(tmp_path: Path) -> None:
    """ "Run all" runs one program: of each group of tabs, the first tab whose code is run by the tests."""
    ran: list[dict[str, object]] = [{}, {"stdout": "2\n"}, {}, {}, {}, {"stdout": "1\n"}]
    cells = _cells(tmp_path, TABS, ran)
    code = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
    assert code == ["x = 1", "%%bash\nls", "x"]
    texts = [cell["source"] for cell in cells[1:] if cell["cell_type"] == "markdown"]
    assert "\n\n".join(texts) == TABS_AS_TEXT


def test_first_cells_name_page_and_data(tmp_path: Path) -> None:
    lesson_root = make_lesson(tmp_path, b'```python\nopen("data/a b.csv")\n```\n')
    (lesson_root / "episodes/data").mkdir()
    for name in ("a b.csv", "other.csv"):
        (lesson_root / "episodes/data" / name).write_text("x", encoding="utf-8")
    lesson = read(lesson_root)
    (made,) = make_notebooks(lesson, run_by_hand(lesson, [{}]))
    first, fetch, code = json.loads(made.text)["cells"]
    assert "".join(first["source"]).startswith(
        "# One\n\nThis notebook has the text and the code of the page ["
    )
    assert f'urlretrieve("{SITE}" + quote(name), path)' in "".join(fetch["source"])
    assert 'for name in ["data/a b.csv"]:' in "".join(fetch["source"])
    assert fetch["execution_count"] is None
    assert "".join(code["source"]) == 'open("data/a b.csv")'


def test_a_small_difference_of_numbers_keeps_a_notebook_current(tmp_path: Path) -> None:
    episode = b"```python\nx\n```\n\n```output\n0.123456789 at ...\n```\n\n```python\ny\n```\n"
    root = make_lesson(tmp_path, episode)
    lesson = read(root)

    def made(first: str, second: str) -> NotebookFile:
        return make_notebooks(lesson, run_by_hand(lesson, [{"stdout": first}, {"stdout": second}]))[0]

    before = made("0.123456789 at noon\n", "1.5\n")
    assert not is_current(lesson, before)
    (root / before.path).parent.mkdir()
    (root / before.path).write_text(before.text, encoding="utf-8")
    assert is_current(lesson, before)
    assert is_current(lesson, made("0.123456790 at night\n", "1.5000000001\n"))
    assert not is_current(lesson, made("0.123456789 at noon\n", "1.6\n"))


def test_addresses_in_memory_keep_a_notebook_current(tmp_path: Path) -> None:
    root = make_lesson(tmp_path, b"```python\nprint(object())\nobject()\n```\n")
    assert CliRunner().invoke(main, ["notebooks", str(root)]).exit_code == 0
    assert CliRunner().invoke(main, ["notebooks", str(root), "--check"]).exit_code == 0


def test_command_writes_checks_and_names(tmp_path: Path) -> None:
    """On a real run: written once, left alone while current, named when not."""
    root = make_lesson(tmp_path, b"```python\nprint(1)\n```\n")
    path = root / "episodes/files/one.ipynb"

    def run(*options: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["notebooks", str(root), *options])
        return done.exit_code, done.output

    code, output = run("--check")
    assert code == 1
    assert "episodes/files/one.ipynb is not current: run `spokeshave notebooks`" in output
    assert not path.exists()
    assert run()[0] == 0
    before = path.read_bytes()
    assert run("--check")[0] == 0
    assert run()[0] == 0
    assert path.read_bytes() == before
    episode = root / "episodes/one.md"
    episode.write_bytes(episode.read_bytes() + b"\nMore.\n")
    assert run("--check")[0] == 1
    episode.write_bytes(episode.read_bytes().replace(b"print(1)", b"1 / 0"))
    code, output = run()
    assert code == 1
    assert "episodes/one.md:8: the block failed" in output
    assert path.read_bytes() == before


def test_page_links_its_notebook(tmp_path: Path) -> None:
    root = make_lesson(tmp_path / "lesson", b"```python\nprint(1)\n```\n")
    build(root, tmp_path / "without")
    assert "notebook-links" not in (tmp_path / "without/one.html").read_text(encoding="utf-8")
    (root / "episodes/files").mkdir()
    (root / "episodes/files/one.ipynb").write_text("{}", encoding="utf-8")
    build(root, tmp_path / "with")
    for name, prefix in (("one.html", ""), ("instructor/one.html", "../")):
        page = BeautifulSoup((tmp_path / "with" / name).read_text(encoding="utf-8"), "html5lib")
        download, colab = page.select(".notebook-links a")
        assert download["href"] == f"{prefix}files/one.ipynb"
        assert download.has_attr("download")
        assert colab["href"] == (
            "https://colab.research.google.com/github/example-org/small/blob/main/episodes/files/one.ipynb"
        )


def test_no_colab_outside_github(tmp_path: Path) -> None:
    root = make_lesson(tmp_path / "lesson", b"```python\nprint(1)\n```\n")
    config = root / "config.yaml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("github.com", "codeberg.org"), encoding="utf-8"
    )
    (root / "episodes/files").mkdir()
    (root / "episodes/files/one.ipynb").write_text("{}", encoding="utf-8")
    build(root, tmp_path / "site")
    page = BeautifulSoup((tmp_path / "site/one.html").read_text(encoding="utf-8"), "html5lib")
    assert len(page.select(".notebook-links a")) == 1
