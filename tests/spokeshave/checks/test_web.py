"""Links to the web, on a server of this machine that answers as servers of the web do."""

from __future__ import annotations

import json
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from spokeshave.checks import external
from spokeshave.checks.external import check_external
from spokeshave.checks.run import check_lesson
from spokeshave.checks.web import Answer, ask
from spokeshave.checks.web_memory import FILE, read_memory
from spokeshave.cli import main
from spokeshave.reader import read_lesson
from tests.spokeshave.snippets.pages import PAGE, write_lesson

_TODAY = date(2026, 5, 6)
_STATUS = {
    "/fine": 200, "/gone": 404, "/withdrawn": 410, "/closed": 403, "/broken": 500, "/moved": 301, "/odd": 499
}  # fmt: skip


def _at_once(seconds: float) -> None:
    """In place of waiting."""


class _Web(BaseHTTPRequestHandler):
    """`/seldom` answers at the third time, `/no-head` to GET only, `/moved` leads to `/fine`."""

    asked: Counter[str]
    requests: list[tuple[str, str, str]]

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.asked[self.path] += 1
        agent, _, version = self.headers["User-Agent"].partition("; spokeshave/")
        assert version
        self.requests.append((self.command, agent, self.headers["Accept"]))
        status = _STATUS.get(self.path, 404)
        if self.path == "/seldom":
            status = 200 if self.asked[self.path] == 3 else 429
        if self.path == "/no-head":
            status = 405 if self.command == "HEAD" else 200
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "7")
        if status == 301:
            self.send_header("Location", "/fine")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Nothing is printed."""


class Web:
    """A running server: its address, how often it was asked for what, and in which way."""

    def __init__(self, address: str, asked: Counter[str], requests: list[tuple[str, str, str]]) -> None:
        self.address = address
        self.asked = asked
        self.requests = requests


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    monkeypatch.setenv("no_proxy", "*")
    asked: Counter[str] = Counter()
    requests: list[tuple[str, str, str]] = []
    handler = type("Handler", (_Web,), {"asked": asked, "requests": requests})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Web(f"http://127.0.0.1:{server.server_port}", asked, requests)
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "exists", "is_gone", "reason"),
    [
        ("/fine", True, False, ""),
        ("/fine#part", True, False, ""),
        ("/moved", True, False, ""),
        ("/no-head", True, False, ""),
        ("/gone", False, True, "the server answers 404 Not Found"),
        ("/withdrawn", False, True, "the server answers 410 Gone"),
        ("/closed", False, False, "the server answers 403 Forbidden"),
        ("/broken", False, False, "the server answers 500 Internal Server Error"),
        ("/odd", False, False, "the server answers 499"),
    ],
)
def test_answers(web: Web, path: str, exists: bool, is_gone: bool, reason: str) -> None:
    answer = ask(web.address + path, sleep=_at_once)
    assert (answer.exists, answer.is_gone, answer.reason) == (exists, is_gone, reason)


def test_what_may_pass_is_asked_again_after_the_time_that_the_server_wants(web: Web) -> None:
    waited: list[float] = []
    assert ask(f"{web.address}/seldom", sleep=waited.append).exists
    assert waited == [7.0, 7.0]
    waited.clear()
    assert not ask(f"{web.address}/broken", sleep=waited.append).exists
    assert waited == [1.0, 5.0]
    web.asked.clear()
    assert not ask(f"{web.address}/broken", sleep=_at_once).exists
    assert web.asked["/broken"] == 3
    ask(f"{web.address}/gone", sleep=_at_once)
    assert web.asked["/gone"] == 2, "head and page, once each"


def test_the_page_itself_is_asked_for_where_its_head_is_not_enough(web: Web) -> None:
    """Servers that do not like programs are told which one it is."""
    ask(f"{web.address}/no-head", sleep=_at_once)
    program = ("Mozilla/5.0 (compatible", "*/*")
    assert web.requests == [("HEAD", *program), ("GET", *program)]


def test_no_server(web: Web) -> None:
    """A port where nobody listens: that is not known to be gone."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Web) as other:
        port = other.server_port
    waited: list[float] = []
    answer = ask(f"http://127.0.0.1:{port}/", sleep=waited.append)
    assert (answer.exists, answer.is_gone, len(waited)) == (False, False, 2)
    assert answer.reason == "no answer ([Errno 111] Connection refused)"


def test_a_server_that_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        waited: list[float] = []
        answer = ask(f"http://127.0.0.1:{silent.getsockname()[1]}/", timeout=0.01, sleep=waited.append)
    assert (answer.exists, answer.is_gone, len(waited)) == (False, False, 2)
    assert answer.reason == "the server did not answer in time"


@pytest.mark.parametrize(
    ("number", "is_gone", "times", "reason"),
    [
        (socket.EAI_NONAME, True, 0, "there is no server of this name"),
        (socket.EAI_AGAIN, False, 2, f"no answer ([Errno {socket.EAI_AGAIN}] said so)"),
    ],
)
def test_names(monkeypatch: pytest.MonkeyPatch, number: int, is_gone: bool, times: int, reason: str) -> None:
    """What the service of names says (here: a stand-in, since this machine may have none)."""

    def getaddrinfo(*_: object) -> None:
        raise socket.gaierror(number, "said so")

    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    waited: list[float] = []
    answer = ask("http://nowhere.invalid/", sleep=waited.append)
    assert (answer.exists, answer.is_gone, len(waited), answer.reason) == (False, is_gone, times, reason)


@pytest.mark.parametrize("address", ["http://[broken", "http:///nowhere"])
def test_no_address(address: str) -> None:
    """Whatever an author writes is an answer, never a traceback."""
    answer = ask(address, sleep=_at_once)
    assert not answer.exists
    assert (address, answer.is_gone, answer.reason) in {
        ("http://[broken", True, "this is no address (Invalid IPv6 URL)"),
        ("http:///nowhere", False, "no answer (no host given)"),
    }


def test_what_is_asked_for(tmp_path: Path) -> None:
    """Pages of the web, each server in its own order; the next run knows those that were there."""
    text = "<https://a.org/1> <http://b.org/2> <https://A.org/3> <mailto:ada@a.org> [x](other.md)\n"
    write_lesson(tmp_path, {PAGE: text})
    gathered, _ = check_lesson(read_lesson(tmp_path))
    asked = []

    def stand_in(address: str) -> Answer:
        asked.append(address)
        return Answer(exists=address != "http://b.org/2", reason="no")

    [found] = check_external(gathered, read_memory(tmp_path, _TODAY), (), stand_in)
    assert sorted(asked) == ["http://b.org/2", "https://A.org/3", "https://a.org/1"]
    assert (found.rule, found.place) == ("unreached-link", f"{PAGE}:1:20")
    memory = read_memory(tmp_path, _TODAY)
    memory.add("https://c.org/4")
    memory.write()
    known = read_memory(tmp_path, _TODAY)
    assert [known.knows(address) for address in (*sorted(asked), "https://c.org/4")] == [False, *[True] * 3]


def test_each_address_is_asked_for_once_and_remembered(web: Web, tmp_path: Path) -> None:
    text = f"[a]({web.address}/fine), [b]({web.address}/fine#x), [c]({web.address}/gone)\n"
    write_lesson(tmp_path, {PAGE: text, "learners/setup.md": f"Once more: <{web.address}/gone>"})
    gathered, _ = check_lesson(read_lesson(tmp_path))
    found = list(check_external(gathered, read_memory(tmp_path, _TODAY), ()))
    assert [(one.place, one.rule) for one in sorted(found)] == [
        (f"{PAGE}:1:{text.index('[c]') + 1}", "dead-link"),
        ("learners/setup.md:1:13", "dead-link"),
    ]
    assert dict(web.asked) == {"/fine": 1, "/gone": 2}
    assert json.loads((tmp_path / FILE).read_text()) == {f"{web.address}/fine": "2026-05-06"}
    for later, times in ((6, 1), (7, 2)):
        list(check_external(gathered, read_memory(tmp_path, _TODAY + timedelta(days=later)), ()))
        assert web.asked["/fine"] == times


@pytest.mark.parametrize("text", ["", "[1]", '{"http://x": 3}', "\x00"])
def test_a_memory_that_cannot_be_read_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / FILE).write_text(text)
    assert not read_memory(tmp_path, _TODAY).knows("http://x")


def test_command(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--external` adds to what else is found; comments and patterns leave addresses out."""
    monkeypatch.setattr(external, "RESERVED", ())
    page = (
        f"[a page]({web.address}/gone)\n\n[some page]({web.address}/closed)\n\n"
        f"<!-- allow dead-link: it comes back in spring -->\n[winter]({web.address}/withdrawn)\n"
    )
    lesson = write_lesson(tmp_path / "lesson", {PAGE: page})
    patterns = tmp_path / "ignored.txt"
    patterns.write_text("# Patterns\n\n*/closed # it asks for a password\n")

    def lines(*arguments: str) -> list[str]:
        done = CliRunner().invoke(main, ["check", str(lesson), *arguments], catch_exceptions=False)
        return [
            line for line in done.stdout.splitlines() if "[dead-link]" in line or "[unreached-link]" in line
        ]

    assert lines() == []
    gone = (
        f"{PAGE}:1:1: error: {web.address}/gone: the server answers 404 Not Found. "
        "Find where the page has gone, or link to another one. [dead-link]"
    )
    closed = (
        f"{PAGE}:3:1: warning: {web.address}/closed: the server answers 403 Forbidden. "
        "Look at it in a browser; some servers do not answer programs. [unreached-link]"
    )
    assert lines("--external") == [gone, closed]
    assert lines("--external", "--ignore-file", str(patterns)) == [gone]
    assert lines("--external", "--ignore", "*/gone", "--ignore", "*/closed") == []


_NO_FILE = (
    "{0}: error: the file cannot be read ([Errno 2] No such file or directory: '{0}')."
    " Name a text file you may read."
)
_NO_REASON = (
    "{0}:3:1: error: this pattern comes without a reason. Write it like this:"
    " https://b.org/* # why it is not asked for."
)


@pytest.mark.parametrize(
    ("content", "says"),
    [(None, _NO_FILE), ("# Two\nhttps://a.org/* # why\nhttps://b.org/*\n", _NO_REASON)],
)
def test_a_file_of_patterns_that_is_wrong(content: str | None, says: str, tmp_path: Path) -> None:
    lesson = write_lesson(tmp_path / "lesson", {PAGE: "Text."})
    patterns = tmp_path / "ignored.txt"
    if content is not None:
        patterns.write_text(content)
    arguments = ["check", str(lesson), "--external", "--ignore-file", str(patterns)]
    done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert (done.exit_code, done.stdout) == (1, f"{says.format(patterns)} [broken]\n")


def test_this_machine_and_examples_are_not_asked_for(web: Web, tmp_path: Path) -> None:
    text = f"<{web.address}/gone> <https://www.example.org/x> <https://example.com> <http://localhost:1/x>"
    write_lesson(tmp_path, {PAGE: text})
    gathered, _ = check_lesson(read_lesson(tmp_path))
    assert list(check_external(gathered, read_memory(tmp_path, _TODAY))) == []
    assert not web.asked
