"""A page on another port, in a real browser whose visitor is signed in to the Hub: it changes nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from practice_hub.running import RunningHub
from tests.browser.chromium import running_browser

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


def test_another_port_writes_nothing(filled: RunningHub) -> None:
    token, hub = filled.new_token("ada"), filled.hub
    forms = "".join(
        _FORM.format(number, filled.address + way, kind)
        for number, way in enumerate(
            ("/logout", "/settings/tokens", "/ada/open-gate/settings", "/api/repos/create")
        )
        for kind in ("text/plain", "application/x-www-form-urlencoded")
    )
    with elsewhere(_PAGE.format(hub=filled.address, forms=forms)) as address, running_browser() as browser:
        page = browser.new_page()
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
        page.goto(f"{filled.address}/settings/tokens")
        assert page.url.endswith("/settings/tokens")  # still signed in
