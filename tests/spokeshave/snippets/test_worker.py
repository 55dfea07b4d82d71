"""What the program that runs a page says of its blocks, in this process. In real ones: `cases/run.yaml`."""

from __future__ import annotations

import base64
import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pytest

from spokeshave.snippets import worker
from spokeshave.snippets.capture import LONGEST, Capture, read_start
from spokeshave.snippets.worker import _encodable, _files, _run, without_prompts
from tests.spokeshave.snippets.pages import PAGE

_EMPTY = {
    "stdout": "",
    "stderr": "",
    "warnings": "",
    "error": "",
    "traceback": "",
    "line": 0,
    "figures": [],
    "at_home": [],
}


@pytest.fixture
def _own_streams() -> Iterator[None]:
    """Standard output and error, the main program, warnings and where figures go come back after the test."""
    backend = plt.get_backend()
    plt.close("all")  # of tests before, which drew in this process; a real worker begins without any
    kept = [os.dup(number) for number in (1, 2)]
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("default")
        patch.syspath_prepend(Path(worker.__file__).with_name("isolated"))
        patch.setitem(sys.modules, "__main__", sys.modules["__main__"])
        for name in ("stdout", "stderr", "__stdout__", "__stderr__"):
            patch.setattr(sys, name, getattr(sys, name))
        yield
    for number, file in enumerate(kept, 1):
        os.dup2(file, number)
        os.close(file)
    plt.switch_backend(backend)


def _said(
    folder: Path, blocks: list[tuple[int, str, str]], *, may_fail: bool = False
) -> list[dict[str, Any]]:
    """All messages. A block is (line, language, code)."""
    (folder / "home").mkdir()
    job: Mapping[str, Any] = {
        "path": PAGE,
        "folder": str(folder),
        "home": str(folder / "home"),
        "blocks": [
            {"line": line, "language": language, "code": code, "may_fail": may_fail}
            for line, language, code in blocks
        ],
    }
    messages = list(_run(job))
    for message in messages:
        assert message.pop("seconds", 0.0) < 60
    return messages


@pytest.mark.usefixtures("_own_streams")
def test_messages(tmp_path: Path) -> None:
    home = tmp_path / "home"
    blocks = [
        (1, "python", "import sys, click\nprint('a')\nprint('b', file=sys.stderr)\n3"),
        (9, "bash", "echo c; echo d >&2; cat"),
        (12, "python", "import warnings\nwarnings.warn('e')\nwarnings.warn('f\\udc80')"),
        (20, "bash", f"mkdir {home}/x; touch {home}/x/two {home}/one"),
        (30, "bash", f"echo a > {home}/one; rm {home}/x/two"),
    ]
    *messages, versions = _said(tmp_path, blocks)
    assert messages == [
        {"started": 0},
        {**_EMPTY, "stdout": "a\n3\n", "stderr": "b\n"},
        {"started": 1},
        {**_EMPTY, "stdout": "c\n", "stderr": "d\n"},
        {"started": 2},
        {**_EMPTY, "warnings": "UserWarning: e\nUserWarning: f\\udc80\n"},
        {"started": 3},
        {**_EMPTY, "at_home": ["one", "x/two"]},
        {"started": 4},
        {**_EMPTY, "at_home": ["one"]},
    ]
    assert list(versions) == ["versions"]
    assert list(versions["versions"]) == ["Python", "click"]


@pytest.mark.usefixtures("_own_streams")
def test_a_failure_ends_the_page(tmp_path: Path) -> None:
    blocks = [(3, "python", "import click"), (7, "python", "raise ValueError('\\udc80')"), (9, "python", "1")]
    *_, second, failed, versions = _said(tmp_path, blocks)
    assert second == {"started": 1}
    assert (failed["error"], failed["line"]) == ("ValueError: \\udc80", 8)
    assert failed["traceback"].endswith("\nValueError: \\udc80\n")
    assert list(versions["versions"]) == ["Python", "click"]


@pytest.mark.usefixtures("_own_streams")
def test_a_failure_that_is_expected_does_not(tmp_path: Path) -> None:
    blocks = [(3, "bash", "echo a | false | cat; echo no"), (7, "python", "2")]
    messages = _said(tmp_path, blocks, may_fail=True)
    assert messages[1] == {**_EMPTY, "error": "exit code 1"}
    assert messages[3] == {**_EMPTY, "stdout": "2\n"}


@pytest.mark.usefixtures("_own_streams")
def test_shell_blocks_are_new_programs_that_name_lines_of_the_page(tmp_path: Path) -> None:
    blocks = [
        (3, "bash", "x=1; cd /; shopt -s nullglob"),
        (7, "bash", '$ pwd\n$ echo "$x$0" \\\n> last\n'),
        (20, "bash", "true\nnot-there"),
    ]
    messages = _said(tmp_path, blocks)
    assert messages[3]["stdout"] == f"{os.getcwd()}\n{PAGE} last\n"
    assert messages[5]["stderr"] == f"{PAGE}: line 22: not-there: command not found\n"
    assert messages[5]["error"] == "exit code 127"


@pytest.mark.usefixtures("_own_streams")
def test_figures_of_the_block_that_shows_them(tmp_path: Path) -> None:
    draw = "import matplotlib\nmatplotlib.use('module://notebook_figures')\nfrom matplotlib import pyplot\n"
    blocks = [
        (1, "python", f"{draw}_ = pyplot.figure()\npyplot.show()\n_ = pyplot.figure()"),
        (9, "python", "len(pyplot.get_fignums())"),
        (11, "python", "_ = pyplot.figure()\nraise KeyError"),
    ]
    messages = _said(tmp_path, blocks, may_fail=True)
    assert [len(message["figures"]) for message in messages[1::2]] == [2, 0, 0]
    assert all(base64.b64decode(one).startswith(b"\x89PNG") for one in messages[1]["figures"])
    assert messages[3]["stdout"] == "0\n"


@pytest.mark.usefixtures("_own_streams")
def test_what_a_block_does_to_its_streams_is_over_with_it(tmp_path: Path) -> None:
    """Closed, taken apart, or something else in their place."""
    capture = Capture(tmp_path)
    seen = []
    for harm in ("", "sys.stdout.detach()", "sys.__stdout__.close()", "sys.stdout = None"):
        capture.start()
        print("out", end="")
        print("again", file=sys.__stdout__, end="")
        print("not \udc80", file=sys.stderr)
        sys.stdout.flush()
        exec(harm, {"sys": sys})
        seen.append(capture.stop())
    assert seen == [("outagain", "not \\udc80\n")] * 4
    capture.start()
    os.write(1, b"a\xff\r\nb")
    sys.stderr.write("line\n")
    assert read_start(tmp_path / "stderr") == "line\n", "each line is there as soon as it is printed"
    assert capture.stop() == ("a\ufffd\nb", "line\n")
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("stdout", "stderr")] == [0o600, 0o600]


@pytest.mark.parametrize(("more", "end"), [(0, "x"), (1, "x\n[more than 1000000 bytes]\n")])
def test_what_no_page_shows_is_cut_off(more: int, end: str, tmp_path: Path) -> None:
    file = tmp_path / "stdout"
    file.write_bytes(b"x" * (LONGEST + more))
    assert read_start(file) == "x" * (LONGEST - 1) + end
    assert read_start(tmp_path) == read_start(tmp_path / "not there") == ""


@pytest.mark.parametrize(
    ("code", "commands"),
    [
        ("ls\necho a", "ls\necho a"),
        ("$ ls\n$ echo a", "ls\necho a"),
        ("\n$ echo \\\n> a\n\nshown", "\necho \\\na\n\nshown"),
        ("ls\n$ x", "ls\n$ x"),
        ("$x\n$ ls", "$x\n$ ls"),
        ("> a\n$ b", "> a\n$ b"),
        ("", ""),
    ],
)
def test_commands_after_a_prompt(code: str, commands: str) -> None:
    assert without_prompts(code) == commands


def test_files_are_told_apart_by_size_and_time(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "one").write_bytes(b"12")
    (tmp_path / "link").symlink_to("nowhere")
    os.utime(tmp_path / "deep" / "one", ns=(1, 2_000_000_001))
    found = _files(tmp_path)
    assert found.keys() == {"deep/one", "link"}
    assert found["deep/one"] == (2, 2_000_000_001)
    assert _files(tmp_path / "not there") == {}


def test_text_that_no_file_can_hold_is_escaped() -> None:
    assert _encodable("ä\udc80\n") == "ä\\udc80\n"
