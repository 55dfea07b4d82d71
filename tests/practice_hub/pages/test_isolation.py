"""Pages of others, in a real browser whose visitor is signed in to the Hub: they change nothing.

One is on another port, one is a file, one is in a sandboxed frame; the origin of the latter two is `null`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from practice_hub import server
from practice_hub.call import Call
from practice_hub.forms import check_origin
from practice_hub.running import RunningHub
from tests.browser.chromium import running_browser
from tests.practice_hub.pages.visitor import Visitor

PageOfOthers = Callable[[str, Path], AbstractContextManager[str]]
_FORM = (
    '<form id="{}" target="frame" method="post" action="{}" enctype="{}"><input name="name" value="x"></form>'
)
_PAGE = """<!DOCTYPE html><title>elsewhere</title><iframe name="frame"></iframe>{forms}
<img src="{hub}/logout"><script>
window.done = (async () => {{
  const ways = ["/api/repos/create", "/api/models/ada/open-gate/commit/main", "/logout", "/settings/tokens"];
  for (const way of ways) for (const type of ["text/plain", "application/x-www-form-urlencoded"])
    await fetch("{hub}" + way, {{method: "POST", mode: "no-cors", credentials: "include",
      headers: {{"Content-Type": type}}, body: '{{"name": "stolen"}}'}}).catch(() => 0);
  for (const method of ["DELETE", "PUT"])
    await fetch("{hub}/api/repos/delete", {{method, credentials: "include", body: "{{}}"}}).catch(() => 0);
  for (const form of document.forms) {{ form.submit(); await new Promise(then => setTimeout(then, 100)); }}
  return (await fetch("{hub}/ada/secret", {{credentials: "include"}}).then(() => "read", () => "refused"));
}})();
</script>"""


@contextmanager
def elsewhere(text: str) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *arguments: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def attacking(hub: str) -> str:
    """The page of an attacker: it sends all that could change something, and tells whether it could read."""
    ways = ("/logout", "/settings/tokens", "/ada/open-gate/settings", "/api/repos/create")
    kinds = ("text/plain", "application/x-www-form-urlencoded")
    forms = (_FORM.format(number, hub + way, kind) for number, (way, kind) in enumerate(product(ways, kinds)))
    return _PAGE.format(hub=hub, forms="".join(forms))


@contextmanager
def at_another_port(text: str, folder: Path) -> Iterator[str]:
    with elsewhere(text) as address:
        yield address


@contextmanager
def in_a_file(text: str, folder: Path) -> Iterator[str]:
    (folder / "page.html").write_text(text, encoding="utf-8")
    yield (folder / "page.html").as_uri()


@contextmanager
def in_a_sandbox(text: str, folder: Path) -> Iterator[str]:
    """A frame with an origin of its own, on a page of another port."""
    inner = text.replace("</script>", "window.done.then(said => parent.postMessage(said, '*'));</script>")
    listen = "window.done = new Promise(then => addEventListener('message', event => then(event.data)));"
    frame = f'<iframe sandbox="allow-scripts allow-forms" srcdoc="{escape(inner)}"></iframe>'
    with elsewhere(f"<!DOCTYPE html><title>elsewhere</title><script>{listen}</script>{frame}") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as browser:
        yield browser


@pytest.mark.parametrize("page_of_others", [at_another_port, in_a_file, in_a_sandbox])
def test_pages_of_others_write_nothing(
    page_of_others: PageOfOthers,
    filled: RunningHub,
    browser: Browser,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    token, hub = filled.new_token("ada"), filled.hub
    origins = set()

    def noting(call: Call) -> None:
        origins.add(call.headers.get("origin"))
        check_origin(call)

    monkeypatch.setattr(server, "check_origin", noting)
    with page_of_others(attacking(filled.address), tmp_path) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{filled.address}/login")
        page.fill("input[name=token]", token)
        page.press("input[name=token]", "Enter")
        page.wait_for_url("**/settings/tokens")
        tokens, repositories = hub.accounts.tokens(hub.accounts.get("ada")), len(hub.repositories.all())
        page.goto(address)
        assert page.evaluate("window.done") == "refused"
        assert page.title() == "elsewhere"
        assert hub.accounts.tokens(hub.accounts.get("ada")) == tokens
        assert len(hub.repositories.all()) == repositories
        assert ("null" in origins) == (page_of_others is not at_another_port)
        page.goto(f"{filled.address}/settings/tokens")
        assert page.url.endswith("/settings/tokens")  # still signed in


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "same-origin"])
def test_a_form_without_an_origin_is_refused(ada: Visitor, filled: RunningHub, site: str) -> None:
    """Were the cookie and the ticket there, a form of the origin `null` would still do nothing."""
    fields = ada.form("/settings/tokens", "/settings/tokens") | {"name": "stolen", "role": "write"}
    tokens = filled.hub.accounts.tokens(filled.hub.accounts.get("ada"))
    answer = ada.send("/settings/tokens", fields, Origin="null", Sec_Fetch_Site=site)
    assert answer.status == 403
    assert filled.hub.accounts.tokens(filled.hub.accounts.get("ada")) == tokens
