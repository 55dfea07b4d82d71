"""`pytest --spokeshave LESSON`, as real processes."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from spokeshave.cli import main
from spokeshave.reader import read_lesson
from spokeshave.snippets.collect import collect
from tests.spokeshave.snippets.pages import write_lesson

_INSTALLED = any(point.name == "spokeshave" for point in entry_points(group="pytest11"))
"""A work tree that was installed before the plugin was there does not know it."""
PLUGIN = [] if _INSTALLED else ["-p", "spokeshave.snippets.pytest_plugin"]
_PAGE = """```python
x = 1
```

<!-- skip: a reason -->
```python
no
```

```python
def f():
    return y

f()
```

```python
x
```
"""


@dataclass(frozen=True)
class Done:
    exit: int
    output: str

    def summary(self) -> list[str]:
        """The lines of pytest's short summary, without its counts."""
        lines = self.output.partition("short test summary info")[2].splitlines()[1:-1]
        return [line for line in lines if line.startswith(("FAILED", "SKIPPED", "PASSED"))]


def run_pytest(folder: Path, *arguments: str, lesson: str = ".") -> Done:
    command = [
        sys.executable,
        "-m",
        "pytest",
        *PLUGIN,
        "-W",
        "error",
        "--strict-markers",
        "-p",
        "no:cacheprovider",
    ]
    command += ["--spokeshave", lesson, "-rA", *arguments]
    environment = {"COLUMNS": "200", "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return Done(done.returncode, done.stdout + done.stderr)


_SUMMARY = {
    "PASSED episodes/one.md:1",
    "PASSED learners/setup.md:1",
    "SKIPPED [1] episodes/one.md: a reason",
    "FAILED episodes/one.md:10 - Failed: episodes/one.md:12: NameError: name 'y' is not defined",
}


_TOTALS = "spokeshave: 3 run, 1 skipped (a reason), 0 output fences checked, 1 failed, 1 not run"


_HELP = """
code blocks of a Workbench lesson:
  --spokeshave=LESSON   Run the code blocks of the lesson in this folder. May be given again.
  --spokeshave-counts=FILE
                        YAML file with how many blocks of each page are run and skipped.
  --spokeshave-service=MODULE:FUNCTION
                        What starts a service that the code of a page needs.
  --spokeshave-notebooks
                        Hold the notebook of each episode against what its code gives.
"""


def test_help(tmp_path: Path) -> None:
    assert _HELP in run_pytest(tmp_path, "--help").output


def test_one_test_a_block(tmp_path: Path) -> None:
    write_lesson(tmp_path, {"episodes/one.md": _PAGE, "learners/setup.md": "```bash\ntrue\n```\n"})
    done = run_pytest(tmp_path)
    assert done.exit == 1
    assert set(done.summary()) == _SUMMARY
    assert "collected 5 items" in done.output
    assert "> 12 |     return y\n" in done.output
    assert 'File "episodes/one.md", line 14, in <module>' in done.output
    assert "pytest_plugin.py" not in done.output
    assert f"{_TOTALS}\n" in done.output
    assert "1 failed, 2 passed, 1 skipped, 1 not run" in done.output


@pytest.mark.parametrize("way", ["load", "loadgroup"])
def test_with_xdist(way: str, tmp_path: Path) -> None:
    """The same comes of it. In a group, a page runs once."""
    write_lesson(tmp_path, {"episodes/one.md": _PAGE, "learners/setup.md": "```bash\ntrue\n```\n"})
    runs = tmp_path / "runs.txt"
    counted = _PAGE.replace("x = 1", f"x = 1; open('{runs}', 'a').write('run ')")
    write_lesson(tmp_path, {"episodes/one.md": counted})
    done = run_pytest(tmp_path, "-n", "2", "--dist", way)
    names = {
        line.replace("@episodes/one.md", "").replace("@learners/setup.md", "") for line in done.summary()
    }
    assert names == _SUMMARY
    assert f"{_TOTALS}\n" in done.output
    assert runs.read_text() == "run " or way == "load"


def test_choosing(tmp_path: Path) -> None:
    write_lesson(tmp_path, {"episodes/one.md": _PAGE, "learners/setup.md": "```bash\ntrue\n```\n"})
    done = run_pytest(tmp_path, "-k", "setup")
    assert (done.exit, done.summary()) == (0, ["PASSED learners/setup.md:1"])


def test_what_was_not_run_is_no_success(tmp_path: Path) -> None:
    """Not alone either, where the block that failed is not chosen."""
    write_lesson(tmp_path, {"episodes/one.md": _PAGE})
    done = run_pytest(tmp_path, "-k", "17")
    assert done.exit == 1
    assert "3 deselected, 1 not run" in done.output


def test_tests_of_its_own(tmp_path: Path) -> None:
    """Beside the lesson's own tests, from another folder, twice."""
    (tmp_path / "test_one.py").write_text("def test_one() -> None: ...\n")
    for name in ("a", "b"):
        write_lesson(tmp_path / name, {"episodes/one.md": "```python\n1\n```\n"})
    done = run_pytest(tmp_path, "--spokeshave", "b", lesson="a")
    passed = ["PASSED test_one.py::test_one", "PASSED a/episodes/one.md:1", "PASSED b/episodes/one.md:1"]
    assert (done.exit, sorted(done.summary())) == (0, sorted(passed))


def test_mistakes_are_failures(tmp_path: Path) -> None:
    write_lesson(tmp_path, {"episodes/one.md": "<!-- skip: -->\n```python\n1\n```\n"})
    done = run_pytest(tmp_path, "-k", "one")
    message = "episodes/one.md:1: `skip` comes without a reason"
    assert done.exit == 1
    assert "pytest_plugin.py" not in done.output
    assert done.summary() == [
        f"FAILED episodes/one.md:1 - Failed: {message}. Write it like this: <!-- skip: why it is not run -->."
    ]


def test_code_that_only_is_shown_is_no_success(tmp_path: Path) -> None:
    write_lesson(tmp_path, {"episodes/one.md": "```pyhton\n1\n```\n"})
    done = run_pytest(tmp_path)
    silence = collect(read_lesson(tmp_path).lesson).silence
    assert (done.exit, done.summary()) == (1, [f"FAILED episodes/one.md:1 - Failed: {silence}"])


def test_no_lesson(tmp_path: Path) -> None:
    done = run_pytest(tmp_path)
    assert done.exit == 1
    assert "FAILED config.yaml - Failed: config.yaml: the lesson has no config.yaml." in done.output


def test_counts(tmp_path: Path) -> None:
    write_lesson(tmp_path, {"episodes/one.md": "```python\n1\n```\n"})
    (tmp_path / "counts.yaml").write_text("episodes/one.md: {run: 1, skipped: 0}\n")
    assert run_pytest(tmp_path, "--spokeshave-counts", "counts.yaml").exit == 0
    (tmp_path / "counts.yaml").write_text("{}")
    done = run_pytest(tmp_path, "--spokeshave-counts", "counts.yaml")
    assert done.exit == 1
    assert "FAILED counts.yaml - Failed: counts.yaml: episodes/one.md has 1 run and 0 skipped" in done.output


def test_notebook_of_a_page_that_fails(tmp_path: Path) -> None:
    write_lesson(tmp_path, {"episodes/one.md": "```python\nno\n```\n"})
    done = run_pytest(tmp_path, "--spokeshave-notebooks", "-k", "notebook")
    assert done.exit == 1
    message = "episodes/one.md:2: the block failed (NameError: name 'no' is not defined)"
    assert f"FAILED episodes/one.md:notebook - Failed: {message}" in done.output
    assert re.search(
        rf"^_+ notebook _+\n{re.escape(message)}.*\n=+ short test summary", done.output, re.MULTILINE
    )


def _told(folder: Path, *arguments: str) -> list[ElementTree.Element]:
    """What CI is told of each test."""
    xml = folder / "tests.xml"
    done = run_pytest(folder, "-o", "junit_family=xunit1", "--junitxml", str(xml), *arguments)
    assert done.exit == 1
    return list(ElementTree.parse(xml).iter("testcase"))


def _places(tests: list[ElementTree.Element]) -> list[tuple[object, ...]]:
    """Of each test: (file, line from zero, name, whether it failed)."""
    return [
        (test.get("file"), test.get("line"), test.get("name"), test.find("failure") is not None)
        for test in tests
    ]


def test_where_tests_are(tmp_path: Path) -> None:
    write_lesson(tmp_path, {"episodes/one.md": "\n```python\n1\n```\n```python\nno\n```\n"})
    assert _places(_told(tmp_path, "--spokeshave-notebooks")) == [
        ("episodes/one.md", "1", "episodes.one.md:2", False),
        ("episodes/one.md", "4", "episodes.one.md:5", True),
        ("episodes/one.md", "0", "episodes.one.md:notebook", True),
    ]
    write_lesson(tmp_path, {"episodes/one.md": "\n\n<!-- skip: -->\n```python\n1\n```\n"})
    assert _places(_told(tmp_path)) == [("episodes/one.md", "2", "episodes.one.md:3", True)]
    (tmp_path / "config.yaml").unlink()
    assert _places(_told(tmp_path)) == [("config.yaml", "0", "config.yaml", True)]


def test_why_a_block_was_not_run(tmp_path: Path) -> None:
    write_lesson(tmp_path, {"episodes/one.md": "```python\nno\n```\n```python\n1\n```\n"})
    _, second = _told(tmp_path)
    assert second.findtext("failure") == "not run: the block in line 1 failed"


def test_what_blocks_printed_is_in_the_report(tmp_path: Path) -> None:
    page = "```python\nimport sys\nprint('out')\nprint('err', file=sys.stderr)\nno\n```\n```python\n1\n```\n"
    write_lesson(tmp_path, {"episodes/one.md": page})
    done = run_pytest(tmp_path, "--color", "yes", "-v")
    plain = re.sub(r"\x1b\[\d*m", "", done.output)
    assert re.search(r"- Captured stdout call -+\nout\n\n?-+ Captured stderr call -+\nerr\n", plain)
    assert "\x1b[33mNOT RUN\x1b[0m" in done.output
    assert "episodes/one.md:7 NOT RUN" in plain
    assert "\nepisodes/one.md:7 n " in run_pytest(tmp_path).output


def test_without_the_option(tmp_path: Path) -> None:
    """Nothing of ours is loaded."""
    write_lesson(tmp_path, {"episodes/one.md": _PAGE})
    (tmp_path / "test_one.py").write_text(
        "import sys\n\ndef test_one():\n    assert 'spokeshave.snippets.run' not in sys.modules\n"
    )
    command = [sys.executable, "-m", "pytest", *PLUGIN, "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1].partition(" in ")[0]) == (0, "1 passed")


def test_notebooks(tmp_path: Path) -> None:
    """They are tests of the pages' own run; what is no episode, or has no Python, has none."""
    runs = tmp_path / "runs.txt"
    page = f"```python\nprint(2); _ = open('{runs}', 'a').write('run ')\n```\n"
    pages = {"episodes/one.md": page, "episodes/two.md": "```bash\ntrue\n```\n", "learners/setup.md": page}
    write_lesson(tmp_path, pages)
    stale = "episodes/files/one.ipynb is not current: run `spokeshave notebooks`"
    done = run_pytest(tmp_path, "--spokeshave-notebooks", "-k", "notebook")
    assert (done.exit, done.summary()) == (1, [f"FAILED episodes/one.md:notebook - Failed: {stale}"])
    assert "pytest_plugin.py" not in done.output
    CliRunner().invoke(main, ["notebooks", str(tmp_path)], catch_exceptions=False)
    runs.unlink()
    done = run_pytest(tmp_path, "--spokeshave-notebooks", "-n", "2", "--dist", "loadgroup")
    assert (done.exit, "PASSED episodes/one.md:notebook@episodes/one.md" in done.summary()) == (0, True)
    assert "spokeshave: 3 run" in done.output
    assert runs.read_text() == "run run "  # the episode and the set-up page
    write_lesson(tmp_path, {"episodes/one.md": page.replace("print(2)", "print(3)")})
    assert run_pytest(tmp_path, "--spokeshave-notebooks", "-k", "one").summary()[-1].endswith(stale)
