"""The repository itself: no addresses of registries, no secrets, no paths of one machine, short modules."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.spokeshave.sites import REPOSITORY

_REGISTRIES = (
    "py" + "pi",
    "python" + "hosted",
    "registry." + "npmjs",
    "registry." + "yarnpkg",
    "npm" + "mirror",
)
_REGISTRY = re.compile(
    rf"(?:{'|'.join(map(re.escape, _REGISTRIES))})[\w.]*\.(?:org|com|io|net)", re.IGNORECASE
)
"""Hosts of package registries. Built from pieces, so that this file does not name one itself."""
_TOKEN = re.compile(r"\bhf_[A-Za-z]{30,}")
_MACHINE_PATH = re.compile(r"(?<![\w.:/~-])/(?:work|root|home/\w+|Users/\w+)/")
_LONGEST_MODULE, _LONGEST_FUNCTION = 300, 45
_MODULES = sorted((REPOSITORY / "src").rglob("*.py"))


@cache
def _texts() -> dict[str, str]:
    """Every text file that is in the repository or would be added to it."""
    command = ["git", "-C", str(REPOSITORY), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, capture_output=True, check=True)
    paths = (REPOSITORY / name.decode() for name in done.stdout.split(b"\0") if name)
    found = {}
    for path in paths:
        if path.is_file():
            content = path.read_bytes()
            if b"\0" not in content:
                found[path.relative_to(REPOSITORY).as_posix()] = content.decode("utf-8", "replace")
    assert "pyproject.toml" in found
    return found


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(_REGISTRY, id="hosts of package registries"),
        pytest.param(_TOKEN, id="tokens of the Hub"),
        pytest.param(_MACHINE_PATH, id="paths of one machine"),
    ],
)
def test_no_file_holds(pattern: re.Pattern[str]) -> None:
    here = "tests/spokeshave/test_files.py"
    found = [
        f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for path, text in _texts().items()
        if path != here
        for match in pattern.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (_REGISTRY, "https://files." + "python" + "hosted.org/packages"),
        (_REGISTRY, "https://registry." + "npmjs.org/x"),
        (_TOKEN, "hf_" + "a" * 34),
        (_MACHINE_PATH, '"/' + 'root/x"'),
    ],
    ids=["Python's registry", "npm's registry", "token", "path"],  # what a test is called is written down
)
def test_patterns_find_what_they_are_for(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)


@pytest.mark.parametrize(
    "path", sorted((REPOSITORY / "requirements").glob("*.txt")), ids=lambda path: path.name
)
def test_lock_file_has_hashes(path: Path) -> None:
    """Every requirement is pinned to a version and has a hash; nothing says where to fetch it."""
    text = path.read_text(encoding="utf-8")
    requirements = re.split(r"\n(?=\S)", text.replace("\\\n", " ").strip())
    assert len(requirements) > 1
    for requirement in requirements:
        if not requirement.startswith("#"):
            assert re.match(r"[\w.-]+(?:\[[\w,-]+\])?==[\w.!+-]+ ", requirement), requirement[:80]
            assert re.search(r"--hash=sha256:[0-9a-f]{64}", requirement), requirement[:80]
    assert "://" not in text
    assert "--index-url" not in text


def test_node_lock_has_no_addresses() -> None:
    """What npm installs has checksums, and no address of the registry that it once came from."""
    lock = json.loads((REPOSITORY / "tests/node/package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert "resolved" not in entry, name
        assert entry["integrity"].startswith("sha512-"), name


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", _MODULES, ids=lambda path: path.relative_to(REPOSITORY / "src").as_posix())
def test_module_can_be_read_at_once(path: Path) -> None:
    """Modules and functions are short, and every module says what it is."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "the module has no docstring"
    assert text.count("\n") <= _LONGEST_MODULE
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in _functions(tree)}
    assert {name: length for name, length in lengths.items() if length > _LONGEST_FUNCTION} == {}
