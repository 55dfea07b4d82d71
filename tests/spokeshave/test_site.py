"""What must be true of every page of every built site."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest
from bs4 import BeautifulSoup, Tag

from spokeshave.bodies import Bodies
from tests.spokeshave.sites import EVERY_LESSON, OURS, REPOSITORY, Site, build, copy_lesson, snapshot

Sites = Callable[[str], Site]

_LOADING = {
    "link": ("href",),
    "script": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "track": ("src",),
    "use": ("href",),
    "form": ("action",),
}
"""Attributes that make a browser load something. (A link with `rel=canonical` loads nothing.)"""
_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)")
_IMPORT = re.compile(r"@import|image-set\(|src\(")
_BROKEN_ON_PURPOSE = {
    # The lesson asks for a handout and does not have one, as the Workbench's own lessons do.
    "spanish": {"files/code-handout.R"},
}
_HEADINGS_OF_THE_AUTHOR = {"everything": {"08-level-one.html": 2, "aio.html": 2}}
"""Pages with a level-one heading in the text; the number is how many `h1` they have in all."""


def _attribute(tag: Tag, name: str) -> str | None:
    value = tag.get(name)
    return value if value is None or isinstance(value, str) else " ".join(value)


def _links(page: BeautifulSoup) -> Iterator[str]:
    """Every address in a page."""
    for name in ("href", "src", "poster", "action", "data"):
        for tag in page.select(f"[{name}]"):
            yield _attribute(tag, name) or ""
    for tag in page.select("[srcset]"):
        yield from (part.split()[0] for part in (_attribute(tag, "srcset") or "").split(","))


def _ids(page: BeautifulSoup) -> list[str]:
    return [_attribute(tag, "id") or "" for tag in page.select("[id]")]


def _is_ours(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc


@pytest.mark.parametrize("name", EVERY_LESSON)
def test_links_and_anchors_resolve(name: str, site: Sites) -> None:
    """Every link to a page, file or anchor of the site leads to one that there is, in both views."""
    built = site(name)
    anchors = {path: {*_ids(built.page(path)), "", "top"} for path in built.pages}
    broken = []
    for path in built.pages:
        for address in set(_links(built.page(path))):
            if not _is_ours(address):
                continue
            target, _, anchor = urljoin(path, address).partition("#")
            target = unquote(target.split("?")[0])
            missing = target not in built.files and target not in _BROKEN_ON_PURPOSE.get(name, ())
            if missing or (target in anchors and unquote(anchor) not in anchors[target]):
                broken.append(f"{path}: {address}")
    assert broken == []


@pytest.mark.parametrize("name", EVERY_LESSON)
def test_nothing_is_loaded_from_elsewhere(name: str, site: Sites) -> None:
    """Pages load files of their own site only: they work without a network and tell nobody of their readers."""
    built = site(name)
    foreign = []
    for path in built.pages:
        for tag in built.page(path).find_all(list(_LOADING)):
            if _attribute(tag, "rel") == "canonical":
                continue
            for attribute in _LOADING[tag.name]:
                value = _attribute(tag, attribute) or ""
                foreign += [
                    f"{path}: {tag.name} {part}" for part in value.split(",") if not _is_ours(part.strip())
                ]
        for tag in built.page(path).find_all(style=True):
            foreign += [f"{path}: {found}" for found in _URL.findall(_attribute(tag, "style") or "")]
    for path in built.files:
        if path.endswith((".css", ".svg")):
            text = built.text(path)
            foreign += [
                f"{path}: {found}" for found in _URL.findall(text) if not found.startswith(("data:", "#"))
            ]
            foreign += [f"{path}: {found}" for found in _IMPORT.findall(text)]
    assert foreign == []


@pytest.mark.parametrize("name", EVERY_LESSON)
def test_ids_are_unique(name: str, site: Sites) -> None:
    built = site(name)
    twice = [
        f"{path}: {identifier}"
        for path in built.pages
        for identifier, count in Counter(_ids(built.page(path))).items()
        if count > 1 or not identifier or re.search(r"\s", identifier)
    ]
    assert twice == []


@pytest.mark.parametrize("name", EVERY_LESSON)
def test_references_by_id_resolve(name: str, site: Sites) -> None:
    """What `aria-controls`, `for`, `popovertarget` and the like name is there."""
    attributes = ("aria-controls", "aria-labelledby", "aria-describedby", "for", "popovertarget", "headers")
    built = site(name)
    broken = []
    for path in built.pages:
        known = set(_ids(built.page(path)))
        for attribute in attributes:
            for tag in built.page(path).select(f"[{attribute}]"):
                names = (_attribute(tag, attribute) or "").split()
                broken += [f"{path}: {attribute}={name}" for name in names if name not in known]
    assert broken == []


@pytest.mark.parametrize("name", EVERY_LESSON)
def test_one_first_level_heading(name: str, site: Sites) -> None:
    built = site(name)
    expected = _HEADINGS_OF_THE_AUTHOR.get(name, {})
    counts = {path: len(built.page(path).find_all("h1")) for path in built.pages}
    wrong = {
        path: count
        for path, count in counts.items()
        if count != expected.get(path.removeprefix("instructor/"), 1)
    }
    assert wrong == {}


@pytest.mark.parametrize("name", EVERY_LESSON)
def test_images_have_alternatives(name: str, site: Sites) -> None:
    """No lesson of the tests has an image without `alt` in its source, so no page may have one."""
    built = site(name)
    without = [
        f"{path}: {_attribute(tag, 'src')}"
        for path in built.pages
        for tag in built.page(path).find_all("img")
        if _attribute(tag, "alt") is None
    ]
    assert without == []


@pytest.mark.parametrize("name", EVERY_LESSON)
def test_both_views_have_the_same_pages(name: str, site: Sites) -> None:
    pages = site(name).pages
    learner = {path for path in pages if not path.startswith("instructor/")}
    assert {f"instructor/{path}" for path in learner} == set(pages) - learner


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        (
            "everything",
            """
            01-divs 02-nesting 03-code 04-markdown 05-links-images 06-tabs 07-edge-cases 08-level-one 404
            CODE_OF_CONDUCT LICENSE aio citation discuss exercises-solutions exercises images index
            instructor-notes key-points notebooks profiles reference room stray
            """,
        ),
        (
            "spanish",
            "01-uno 02-dos 404 aio exercises-solutions exercises images index instructor-notes key-points profiles",
        ),
        ("overview", "404 index instructor-notes profiles reference"),
        ("tiny", "01-first 02-second 404 aio images index instructor-notes key-points profiles"),
    ],
)
def test_page_set(name: str, pages: str, site: Sites) -> None:
    """Exactly the pages of the specification: no drafts, no set-up page, no single profile."""
    assert [path for path in site(name).pages if "/" not in path] == [
        f"{page}.html" for page in pages.split()
    ]


@pytest.mark.parametrize("name", EVERY_LESSON)
def test_html_is_well_formed(name: str, site: Sites) -> None:
    """A strict HTML parser finds no parse error on any page."""
    built = site(name)
    errors = []
    for path in built.pages:
        try:
            html5lib.HTMLParser(strict=True, namespaceHTMLElements=True).parse(built.text(path))
        except html5lib.html5parser.ParseError as error:
            errors.append(f"{path}: {error}")
    assert errors == []


@pytest.mark.parametrize("name", EVERY_LESSON)
def test_sitemap_lists_every_page(name: str, site: Sites) -> None:
    """All pages of both views but the 404 pages."""
    built = site(name)
    found = re.findall(r"<loc>([^<]+)</loc>", built.text("sitemap.xml"))
    base = found[0].rpartition("/")[0] + "/"
    assert base.startswith("https://")
    assert sorted(address.removeprefix(base) for address in found) == sorted(
        path for path in built.pages if not path.endswith("404.html")
    )


@pytest.mark.parametrize(
    ("name", "secrets"),
    [
        (
            "everything",
            ["xylophone", "Wombats", "uokka", "An untitled note", "instructor-note ", "headingInstructor"],
        ),
        (OURS, ["instructor-note ", "headingInstructor"]),
    ],
)
def test_learners_see_no_instructor_notes(name: str, secrets: list[str], site: Sites) -> None:
    """No page of the learner view holds the text of an instructor note; the instructor view does."""
    built = site(name)
    learner = {path: built.text(path) for path in built.pages if not path.startswith("instructor/")}
    assert [(path, secret) for path, text in learner.items() for secret in secrets if secret in text] == []
    instructor = "".join(built.text(path) for path in built.pages if path.startswith("instructor/"))
    assert [secret for secret in secrets if secret not in instructor] == []


def _clone(_: str, target: Path) -> Path:
    """This repository's last commit, with its history."""
    subprocess.run(["git", "clone", "--quiet", str(REPOSITORY), str(target)], check=True)
    return target


def _build_in_a_process(root: Path, target: Path, seed: str) -> dict[str, bytes]:
    command = [sys.executable, "-m", "spokeshave", "build", str(root), "--to", str(target)]
    subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True)
    return snapshot(target)


@pytest.mark.parametrize("name", [OURS, "everything", "spanish"])
def test_two_builds_are_identical(name: str, tmp_path: Path) -> None:
    """Whatever the order of sets, wherever the lesson is and wherever the site goes: the same bytes.

    `make reproducible` differs in more.
    """
    copy = _clone if name == OURS else copy_lesson
    one = _build_in_a_process(copy(name, tmp_path / "lesson"), tmp_path / "a" / "docs", "1")
    other = copy(name, tmp_path / "another place" / "deeper" / "lesson")
    two = _build_in_a_process(other, tmp_path / "another place" / "site", "2")
    assert one.keys() == two.keys()
    assert [path for path, content in one.items() if content != two[path]] == []


_EDITS = {
    "episodes/02-nesting.md": "\n## New\n",
    "learners/setup.md": "\n## New\n",
    "links.md": "\n[herb-society]: https://new.example.org/\n",
    "config.yaml": "\nlicense_url: https://new.example.org/\n",
    "glosario.yaml": "\n- slug: unknown_term\n  en: {term: unknown, def: Known by now.}\n",
    "episodes/data/herbs.csv": "mint,9\n",
    "CITATION.cff": "- name: Another author\n",
}
"""What is added to a file of the lesson before it is built again."""


@pytest.mark.parametrize("edited", _EDITS)
def test_a_rebuild_equals_a_fresh_build(edited: str, tmp_path: Path) -> None:
    """What is remembered of a build never shows in the next one."""
    root = copy_lesson("everything", tmp_path / "lesson")
    bodies = Bodies(remember=True)
    build(root, tmp_path / "again", bodies)
    before = snapshot(tmp_path / "again")
    with (root / edited).open("a", encoding="utf-8") as file:
        file.write(_EDITS[edited])
    build(root, tmp_path / "again", bodies)
    build(root, tmp_path / "fresh")
    again, fresh = snapshot(tmp_path / "again"), snapshot(tmp_path / "fresh")
    assert again != before
    assert [path for path in fresh if fresh[path] != again.get(path)] == []
    assert again.keys() == fresh.keys()
