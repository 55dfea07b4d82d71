"""Patterns of `.gitignore`: the same answers as git's own, and none that takes long."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_hub.errors import HubError
from practice_hub.ignored import MOST_PATTERNS, is_ignored, read_patterns

PATHS = (
    "a b.txt .env a/b a/b.txt a/b/c a/b/c.py sub/x sub/deep/x.tmp x.tmp deep/sub/y [x] x*y #a !a a\\b doc/frotz/z"
    " a/x/b __pycache__/m.pyc pkg/__pycache__/m.pyc foo.egg-info/PKG-INFO build/lib/m.py src/build/m.py a/b/a/b/c"
).split()
PATHS += ["with blank", "blank "]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("ignored")
    subprocess.run(["git", "init", "--quiet", root], check=True)
    return root


def by_git(root: Path, text: str) -> set[str]:
    (root / ".gitignore").write_bytes(text.encode())
    command = [
        "git",
        "-C",
        str(root),
        "-c",
        "core.excludesFile=",
        "check-ignore",
        "--no-index",
        "--stdin",
        "-z",
    ]
    asked = "\0".join(PATHS).encode()
    done = subprocess.run(command, input=asked, capture_output=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return {path for path in done.stdout.decode().split("\0") if path}


def by_us(text: str) -> set[str]:
    patterns = read_patterns(text)
    return {path for path in PATHS if is_ignored(path, patterns)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "*.tmp\nsub/\n",
        "# note\n\n*.py[cod]\n__pycache__/\n*.egg-info/\nbuild/\n.env\r\n",
        "/a\n",
        "a/b\n!a/b/c\n",
        "a/*\n!a/b.txt\n",
        "*\n!*/\n!*.py\n",
        "**/b\n",
        "a/**\n",
        "a/**/b\n",
        "a/**/b/**\n",
        "**\n",
        "/**/b.txt\n",
        "b**t\n",
        "doc/frotz/\n",
        "\\#a\n\\!a\n",
        "x\\*y\n\\[x]\n",
        "[!b]\n",
        "[^b]\n",
        "with blank   \nblank\\ \n",
        "/\n//\n!\na//b\n",
        "?\n",
        "sub",
    ],
)
def test_same_as_git(repository: Path, text: str) -> None:
    assert by_us(text) == by_git(repository, text)


_LINES = st.lists(
    st.lists(
        st.sampled_from(["a", "b", "c", "x", "*", "**", "/", "?", ".", "!", "#", " ", "txt"]), max_size=8
    ).map("".join),
    max_size=4,
).map("\n".join)


@given(text=_LINES)
def test_any_pattern_is_the_same_as_with_git(repository: Path, text: str) -> None:
    assert by_us(text) == by_git(repository, text)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("*a" * 40 + "b", "a" * 250),
        ("**/a/**/a/**/a/**/b", "a/" * 500 + "c"),
        ("**/*a*a*a*a/" * 20 + "b", "/".join(["a" * 250] * 4)),
        ("[a" * 200, "a" * 250),
    ],
)
def test_no_pattern_takes_long(text: str, path: str) -> None:
    """With Dulwich's patterns, these would not end today; the tests' own limit of time stands guard."""
    assert not is_ignored(path, read_patterns(text))


def test_too_many_patterns() -> None:
    assert len(read_patterns("a\n" * MOST_PATTERNS)) == MOST_PATTERNS
    with pytest.raises(HubError, match="up to 1000 patterns"):
        read_patterns("a\n" * (MOST_PATTERNS + 1))
