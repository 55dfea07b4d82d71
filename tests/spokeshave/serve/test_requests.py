"""What the preview answers, and what it refuses."""

from __future__ import annotations

import re

import pytest

from tests.spokeshave.serve.previews import Preview
from tests.spokeshave.sites import snapshot

_OURS = "/_preview/reload.js"


@pytest.mark.parametrize(
    ("path", "status", "held"),
    [
        ("/", 200, "A tiny lesson"),
        ("/01-first.html?x=1", 200, "A stone does not."),
        ("/instructor/", 200, _OURS),
        ("/instructor/01-first.html", 200, "../01-first.html"),
        ("/instructor", 301, ""),
        ("//instructor", 301, ""),
        ("/nothing/here.html", 404, 'href="/index.html"'),
        (_OURS, 200, "EventSource"),
        ("/_preview/overlay.css", 200, "#spokeshave-preview"),
        ("/_preview/server.py", 404, ""),
    ],
)
def test_answers(running: Preview, path: str, status: int, held: str) -> None:
    answer, text = running.ask(path)
    assert (answer.status, held in text) == (status, True)
    assert answer.headers["Cache-Control"] == (
        "no-cache" if status == 200 and "_preview/" in path else "no-store"
    )
    assert answer.headers.get("Location") == ("/instructor/" if status == 301 else None)


@pytest.mark.parametrize(
    "path",
    [
        "/../lesson/config.yaml",
        "/%2e%2e/%2e%2e/lesson/config.yaml",
        "/..%2f..%2f..%2flesson/config.yaml",
        "/..%5c..%5clesson%5cconfig.yaml",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/01-first.html%00.css",
    ],
)
def test_nothing_outside_the_site_is_given(running: Preview, path: str) -> None:
    answer, text = running.ask(path)
    assert answer.status == 404
    assert "root:" not in text
    assert "carpentry:" not in text


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_it_is_only_read(running: Preview, method: str) -> None:
    answer, _ = running.ask("/", method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_a_head_has_no_body(running: Preview) -> None:
    answer, text = running.ask("/", "HEAD")
    assert (answer.status, text) == (200, "")
    assert int(answer.headers["Content-Length"]) == len(running.ask("/")[1].encode())


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:1"])
def test_names_of_this_machine_are_known(running: Preview, host: str) -> None:
    assert running.ask("/", host=host)[0].status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1@evil.example", "[", "192.0.2.1"]
)
def test_other_names_are_refused(running: Preview, host: str) -> None:
    """Else a page of another site could read the lesson, by giving its own name this address."""
    for path in ("/", _OURS, "/_preview/events"):
        assert running.ask(path, host=host)[0].status == 421


def test_what_pages_use_is_sent_once(running: Preview) -> None:
    """Names with a hash are never asked for again; of all else the browser asks whether it changed."""
    script = re.findall(r'src="(assets/spokeshave\.[^"]+\.js)"', running.ask("/")[1])[0]
    assert "immutable" in running.ask(f"/{script}")[0].headers["Cache-Control"]
    first, text = running.ask(_OURS)
    again, nothing = running.ask(_OURS, tag=first.headers["ETag"])
    assert (again.status, len(text) > 0, nothing) == (304, True, "")
    assert running.ask(_OURS, tag='"another"')[1] == text


def test_nothing_is_written_into_the_lesson_and_the_script_is_in_no_file(running: Preview) -> None:
    assert not (running.lesson / "site").exists()
    built = snapshot(running.temporary)
    assert any(path.endswith("01-first.html") for path in built)
    assert not [path for path, content in built.items() if b"_preview" in content]
