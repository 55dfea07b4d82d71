"""Every page that can be reached: valid, with links that lead somewhere, headers, and nothing to run."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import html5lib
import pytest
from bs4 import BeautifulSoup

from practice_hub.running import RunningHub
from tests.practice_hub.pages.content import fill
from tests.practice_hub.pages.visitor import Answer, Visitor

JAR = Path(__file__).parents[2] / "node/node_modules/vnu-jar/build/dist/vnu.jar"
START = (
    "/",
    "/login",
    "/settings/tokens",
    "/ada/gated/settings",
    "/nothing/here",
    "/ada/penguins/tree/main/old",
)
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)


def _links(page: BeautifulSoup, path: str) -> Iterator[str]:
    """The addresses on a page that are the Hub's own, absolute, without what stands after `#`."""
    for name in ("href", "src", "action"):
        for tag in page.select(f"[{name}]"):
            if tag.name == "form" and tag.get("method") == "post":
                continue
            address = urljoin(path, str(tag[name]))
            if not urlsplit(address).scheme:
                yield urldefrag(address).url


@pytest.fixture(scope="module")
def crawled(filled: RunningHub) -> dict[str, Answer]:
    """Every page that ada can reach by links, by its address."""
    ada = Visitor(filled.address).signed_in(filled.new_token("ada"))
    found: dict[str, Answer] = {}
    left = list(START)
    while left:
        path = left.pop()
        if path in found:
            continue
        found[path] = ada.get(path)
        if found[path].headers.get_content_type() == "text/html":
            left += _links(found[path].page, path)
    return found


def _pages(crawled: dict[str, Answer]) -> dict[str, Answer]:
    return {
        path: answer for path, answer in crawled.items() if answer.headers.get_content_type() == "text/html"
    }


def test_every_link_leads_somewhere(crawled: dict[str, Answer]) -> None:
    assert len(_pages(crawled)) > 40
    assert [path for path, answer in crawled.items() if answer.status >= 400] == ["/nothing/here"]


def test_every_anchor_is_there(crawled: dict[str, Answer]) -> None:
    missing = []
    for path, answer in _pages(crawled).items():
        ids = {str(tag["id"]) for tag in answer.page.select("[id]")}
        anchors = {str(tag["href"])[1:] for tag in answer.page.select('a[href^="#"]')}
        missing += [f"{path}#{anchor}" for anchor in sorted(anchors - ids)]
    assert missing == []


def test_ids_are_unique(crawled: dict[str, Answer]) -> None:
    for path, answer in _pages(crawled).items():
        ids = [tag["id"] for tag in answer.page.select("[id]")]
        assert len(ids) == len(set(ids)), path


def test_pages_are_valid(crawled: dict[str, Answer]) -> None:
    for path, answer in _pages(crawled).items():
        html5lib.HTMLParser(strict=True).parse(answer.text)
        headings = [int(tag.name[1]) for tag in answer.page.select("h1, h2, h3, h4, h5, h6")]
        assert headings[0] == 1, path
        assert headings.count(1) == 1, path


def test_the_nu_checker_has_nothing_to_say(crawled: dict[str, Answer], tmp_path: Path) -> None:
    if not JAR.is_file() or shutil.which("java") is None:
        pytest.skip("the Nu HTML checker is not here; `test_pages_are_valid` judged the pages")
    names = {}
    for number, (path, answer) in enumerate(_pages(crawled).items()):
        names[f"{number}.html"] = path
        (tmp_path / f"{number}.html").write_text(answer.text)
    command = ["java", "-jar", str(JAR), "--errors-only", "--format", "json", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    shown = [
        (names[Path(m["url"]).name], m.get("lastLine"), m["message"], m.get("extract")) for m in messages
    ]
    assert shown == []


def test_headers_let_nothing_act(crawled: dict[str, Answer]) -> None:
    for path, answer in _pages(crawled).items():
        assert answer.headers["Content-Security-Policy"] == POLICY, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.page.select("script, style, [style], iframe, object, embed"), path


def test_head_is_answered_without_a_body(crawled: dict[str, Answer], visitor: Visitor) -> None:
    for path in ("/", "/models", "/ada/penguins", "/static/hub.css", "/nothing/here"):
        answer = visitor.ask("HEAD", path)
        assert (answer.status, answer.body) == (crawled[path].status if path in crawled else 200, b"")


def test_nothing_here(visitor: Visitor) -> None:
    for path in ("/nothing", "/nothing/here", "/ada/penguins/tree/none", "/a/b/c/d/e", "/static/x.css"):
        answer = visitor.get(path)
        assert answer.status == 404, path
        assert answer.headers.get_content_type() == "text/html"
        assert answer.page.select_one("h1")
    for path in (
        "/ada/penguins/blob/main/none.txt",
        "/ada/penguins/tree/main/none",
        "/ada/penguins/commits/none",
    ):
        assert visitor.get(path).status == 404, path


def test_programs_still_learn_what_is_not_served(filled: RunningHub) -> None:
    program = Visitor(filled.address, headers={"Accept": "*/*"})
    assert program.get("/a/b/c/d/e").status == 501
    assert program.ask("POST", "/a/b/c/d/e").status == 501
    assert program.get("/api/models/ada/nothing").headers["X-Error-Code"] == "RepoNotFound"
    filled.server.unserved.clear()


def test_search(visitor: Visitor, ada: Visitor) -> None:
    def found(visitor: Visitor, address: str) -> list[str]:
        return [link.get_text() for link in visitor.get(address).page.select(".hub-list a")]

    everything = found(visitor, "/")
    assert set(everything) == {"ada/penguins", "ada/gated", "ada/open-gate", "ada/bare"}
    assert everything.count("ada/penguins") == 2
    assert "ada/secret" in found(ada, "/")
    assert found(visitor, "/?search=PENG") == ["ada/penguins", "ada/penguins"]
    assert found(visitor, "/models?tag=skops") == ["ada/penguins"]
    assert found(visitor, "/?tag=license:cc0-1.0") == ["ada/penguins"]
    assert found(visitor, "/?author=bob") == []
    assert found(visitor, "/bob") == []
    assert len(found(visitor, "/ada")) == 5
    assert "Nothing was found" in visitor.get("/?search=zzz").words


def test_long_lists_have_pages(filled: RunningHub, visitor: Visitor) -> None:
    for number in range(53):
        fill(filled.hub, f"eve/many-{number:02}", {})
    first = visitor.get("/models?author=eve").page
    more = first.select_one('a[href*="models=50"]')
    assert more
    assert len(first.select(".hub-list li")) == 50
    assert len(visitor.get(str(more["href"])).page.select(".hub-list li")) == 3
    for repository in filled.hub.repositories.all():
        if repository.owner == "eve":
            filled.hub.delete_repository(repository)
