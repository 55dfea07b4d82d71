"""The documents about the tools: their links lead somewhere, and what they name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.spokeshave.sites import REPOSITORY

_DOCUMENTS = sorted(
    [
        *(REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", ".github/SECURITY.md")),
        *REPOSITORY.glob("src/*/*.md"),
    ]
)
_LINK = re.compile(r"\]\((?!https?:)(?P<path>[^)#\s]*)(?:#(?P<anchor>[^)\s]+))?\)")
_FENCE = re.compile(r"^(```+)\w.*?^\1$", re.M | re.S)
_TARGET = re.compile(r"`make (?P<name>[a-z]+)")
_TEST = re.compile(r"`(?P<path>(?:tests|src)/[\w./*]+)`")


def _prose(path: Path) -> str:
    """The text without its code blocks, whose links are examples."""
    return _FENCE.sub("", path.read_text(encoding="utf-8"))


def _anchors(path: Path) -> set[str]:
    """The anchors that GitHub gives to headings."""
    headings = re.findall(r"^#+ (.+)$", _prose(path), re.M)
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in headings}


def test_documents_are_found() -> None:
    names = {path.relative_to(REPOSITORY).as_posix() for path in _DOCUMENTS}
    assert {"README.md", "src/spokeshave/README.md", "src/docs/trust.md"} <= names


@pytest.mark.parametrize("path", _DOCUMENTS, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    for link in _LINK.finditer(re.sub(r"`[^`\n]*`", "", _prose(path))):
        target = (path.parent / link["path"]).resolve() if link["path"] else path
        assert target.exists(), link[0]
        if link["anchor"] and target.suffix == ".md":
            assert link["anchor"] in _anchors(target), link[0]


@pytest.mark.parametrize("path", _DOCUMENTS, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_what_is_named_is_there(path: Path) -> None:
    """Targets of the Makefile; files and folders of tests and sources."""
    targets = set(re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.M))
    text = _prose(path)
    assert {found["name"] for found in _TARGET.finditer(text)} <= targets
    for found in _TEST.finditer(text):
        assert list(REPOSITORY.glob(found["path"].rstrip("/"))), found[0]
