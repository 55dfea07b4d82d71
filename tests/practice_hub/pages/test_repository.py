"""The page of a model or data set, of its files and of its history."""

from __future__ import annotations

import io
import zipfile

import pytest
from bs4 import BeautifulSoup

from practice_hub.commits import AddFile, DeleteFile, Draft, commit
from practice_hub.pages.pickles import is_pickle
from practice_hub.pages.results import results
from practice_hub.running import RunningHub
from practice_hub.store.git import pointer_to
from tests.practice_hub.pages.content import NOON, fill
from tests.practice_hub.pages.visitor import Visitor


def test_the_card_is_rendered_as_the_lesson_is(visitor: Visitor) -> None:
    card = visitor.get("/ada/penguins").page.select_one(".hub-card")
    assert card
    assert [heading.get_text() for heading in card.select("h2, h3")][:3] == [
        "Penguin sex",
        "Intended use",
        "More",
    ]
    assert card.select_one(".callout.caution .callout-content em")
    assert card.select_one("details > summary")
    assert card.select_one("td.align-right")
    assert card.select_one("math msqrt")
    assert card.select_one(".codewrapper .im")
    assert card.select_one('a[href="#fn1"][role="doc-noteref"]')
    assert [box.has_attr("checked") for box in card.select("input")] == [True, False, True]


def test_addresses_in_a_card_lead_to_the_version_that_is_shown(visitor: Visitor) -> None:
    for address, revision in (("/ada/penguins", "main"), ("/ada/penguins/tree/try%2Fother", "try%2Fother")):
        card = visitor.get(address).page.select_one(".hub-card")
        assert card
        assert card.select_one(f'a[href="/ada/penguins/blob/{revision}/evaluate.py"]')
        picture = card.select_one("img")
        assert picture
        assert picture["src"] == f"/ada/penguins/image/{revision}/fig/roc.png"
        answer = visitor.get(str(picture["src"]))
        assert answer.headers["Content-Type"] == "image/png"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_images_from_elsewhere_are_a_sign(visitor: Visitor) -> None:
    sources = [str(image["src"]) for image in visitor.get("/ada/penguins").page.select("img")]
    assert sources == ["/ada/penguins/image/main/fig/roc.png", "/static/image-elsewhere.svg"]
    assert visitor.get("/ada/penguins/image/main/evaluate.py").status == 404


def test_metadata_and_results(visitor: Visitor) -> None:
    page = visitor.get("/ada/penguins").page
    tags = [tag.get_text() for tag in page.select(".hub-tags a")]
    assert tags[:3] == ["skops", "tabular-classification", "penguins"]
    assert "license:cc-by-4.0" not in tags
    assert "cc-by-4.0" in visitor.get("/ada/penguins").words
    rows = [
        [cell.get_text() for cell in row.select("td")]
        for row in page.select("#hub-results ~ .table-wrapper tr")
    ]
    assert rows[1:] == [
        ["Tabular classification", "Palmer penguins (test)", "Accuracy", "0.9123"],
        ["Tabular classification", "Palmer penguins (test)", "f1", "0.9"],
    ]


@pytest.mark.parametrize(
    "index",
    [
        *(None, 1, "x", [], [1], [{}], [{"results": 1}], [{"results": [1, {}]}]),
        [{"results": [{"task": 1, "dataset": [], "metrics": [1, {}, {"value": None}]}]}],
    ],
)
def test_results_of_another_form_do_no_harm(index: object) -> None:
    assert all(result.value == "" for result in results({"model-index": index}))


def test_what_is_wrong_with_a_card_is_said(running: RunningHub, visitor: Visitor) -> None:
    fill(running.hub, "ada/wrong", {"README.md": b"---\nlicense: mine\n---\nHello\n"})
    assert '"license" must be one of' in visitor.get("/ada/wrong").words
    fill(running.hub, "ada/wrong", {"README.md": b"---\n: [\n---\nHello\n"})
    assert "YAML metadata is not valid" in visitor.get("/ada/wrong").words
    assert "has no card" in visitor.get("/ada/bare").words


def test_pickles_are_marked(visitor: Visitor, running: RunningHub) -> None:
    page = visitor.get("/ada/penguins").page
    marked = [mark.find_parent("td").a.get_text() for mark in page.select(".hub-pickle")]  # type: ignore[union-attr]
    assert marked == ["old/model.pkl"]
    assert (
        "runs whatever code its author put into it"
        in visitor.get("/ada/penguins/blob/main/old/model.pkl").words
    )
    warning = page.select_one("#hub-pickles")
    assert warning
    assert not warning.select("a")


def test_what_is_a_pickle() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("model/data.pkl", b"")
    assert is_pickle(archive.getvalue()[:512])
    assert is_pickle(b"\x80\x04\x95")
    assert not is_pickle(b"\x80\x09")
    assert not is_pickle(b"PK\x03\x04 something else")
    assert not is_pickle(b"")


def test_versions(visitor: Visitor) -> None:
    page = visitor.get("/ada/penguins").page
    assert [item.get_text() for item in page.select(".hub-versions a")] == ["main", "try/other", "v1.0"]
    commits = [item.get_text() for item in page.select(".hub-commits a")]
    assert commits == ["Add 7 files", "initial commit"]
    other = visitor.get("/ada/penguins/tree/try%2Fother")
    assert next(item.get_text() for item in other.page.select(".hub-commits a")) == "Add 1 files"
    assert "print(&#39;again&#39;)" in visitor.get("/ada/penguins/blob/try%2Fother/evaluate.py").text
    first = visitor.get(str(page.select(".hub-commits a")[-1]["href"])).page
    [files] = [item for item in first.select("main a") if item.get_text() == "All files of this version"]
    assert "has no card" in visitor.get(str(files["href"])).words


def rows(page: BeautifulSoup) -> list[list[str]]:
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in page.select("tbody tr")]


def test_what_a_commit_changed(running: RunningHub, visitor: Visitor) -> None:
    repository = fill(running.hub, "ada/changing", {"a.txt": b"1", "same.txt": b"s", "f/old <b>.txt": b"o"})
    git = running.hub.repositories.git(repository)
    changes = (
        AddFile("a.txt", git.add_blob(b"22")),
        AddFile("new.bin", git.add_blob(pointer_to("0" * 64, 3_000_000))),
        DeleteFile("f/old <b>.txt"),
    )
    draft = Draft(changes, "Replace <b>all</b>\n\nWith a reason", "ada", NOON)
    oid = commit(git, "main", draft).oid
    answer = visitor.get(f"/ada/changing/commit/{oid}")
    assert answer.page.select_one("h1").get_text() == "Replace <b>all</b>"  # type: ignore[union-attr]
    assert "With a reason ada, 1 January 2026, " + oid in answer.words
    assert rows(answer.page) == [
        ["a.txt", "changed", "2 bytes"],
        ["f/old <b>.txt before it was deleted", "deleted", ""],
        ["new.bin", "added", "3 MB"],
    ]
    for row in answer.page.select("tbody a"):
        assert visitor.get(str(row["href"])).status == 200
    assert visitor.get("/ada/changing/commit/main").status == 200
    assert visitor.get(f"/ada/changing/commit/{'0' * 40}").status == 404


def test_commits_that_change_much(running: RunningHub, visitor: Visitor) -> None:
    fill(running.hub, "ada/many-changes", {f"f{number:03}": b"" for number in range(502)})
    answer = visitor.get("/ada/many-changes/commit/main")
    assert len(rows(answer.page)) == 500
    assert "2 more files are not listed here." in answer.words


def test_a_pull_request_shows_its_files(running: RunningHub, visitor: Visitor) -> None:
    repository = fill(running.hub, "ada/proposed", {"x.txt": b"x"})
    account = running.hub.accounts.get("ada")
    git = running.hub.repositories.git(repository)
    running.hub.proposals.open(
        repository, git, commit=None, author=account.id, title="More", description="", when=NOON
    )
    answer = visitor.get("/ada/proposed/discussions/1")
    assert (answer.status, answer.headers["Location"]) == (303, "/ada/proposed/tree/refs%2Fpr%2F1")
    assert "x.txt" in visitor.get(str(answer.headers["Location"])).words
    assert visitor.get("/ada/proposed/discussions/2").status == 404


def test_long_histories_have_pages(running: RunningHub, visitor: Visitor) -> None:
    for number in range(51):
        fill(running.hub, "ada/long", {"x": str(number).encode()})
    page = visitor.get("/ada/long/commits/main").page
    assert len(page.select(".hub-commits > li")) == 50
    assert len(visitor.get("/ada/long/commits/main?skip=50").page.select(".hub-commits > li")) == 2
    assert page.select_one('a[href="?skip=50"]')


def test_a_file_is_shown_as_text(visitor: Visitor) -> None:
    answer = visitor.get("/ada/penguins/blob/main/old/notes%20%C3%BC%20%26%20more.txt")
    assert "&lt;script&gt;document.title" in answer.text
    assert not answer.page.select("script")
    binary = visitor.get("/ada/penguins/blob/main/model.skops")
    assert "is no text" in binary.words
    assert binary.page.select_one('a[href="/ada/penguins/resolve/main/model.skops"]')
