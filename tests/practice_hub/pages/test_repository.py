"""The page of a model or data set, of its files and of its history."""

from __future__ import annotations

import io
import zipfile

import pytest

from practice_hub.pages.pickles import is_pickle
from practice_hub.pages.results import results
from practice_hub.running import RunningHub
from tests.practice_hub.pages.content import fill
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
    first = page.select(".hub-commits a")[-1]
    assert "has no card" in visitor.get(str(first["href"])).words


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
