"""A visitor of the Hub's pages: what a browser sends, no more."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPMessage
from urllib.parse import urlencode, urlsplit

from bs4 import BeautifulSoup, Tag

from practice_hub.forms import TICKET

Forms = dict[str, str]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.text, "html5lib")

    @property
    def words(self) -> str:
        """What there is to read, in one line."""
        return " ".join(self.page.get_text(" ").split())


@dataclass(frozen=True)
class Visitor:
    """Somebody with a browser. `cookie` is what it keeps."""

    address: str
    cookie: str = ""
    headers: Forms = field(default_factory=lambda: {"Accept": "text/html,*/*;q=0.8"})

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> Answer:
        parts = urlsplit(self.address)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        sent = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookie:
            sent["Cookie"] = self.cookie
        connection.request(method, path, body.encode() or None, sent)
        answer = connection.getresponse()
        result = Answer(answer.status, answer.msg, answer.read())
        connection.close()
        return result

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def form(self, path: str, action: str) -> Forms:
        """The fields of the form on a page that leads to an address, as they are before somebody fills it in."""
        form = self.get(path).page.select_one(f'form[action="{action}"]')
        assert isinstance(form, Tag), f"no form for {action} on {path}"
        named = form.select("input[name]")
        chosen = [
            item
            for item in named
            if item.get("type") not in {"radio", "checkbox"} or item.has_attr("checked")
        ]
        return {str(item["name"]): str(item.get("value", "")) for item in chosen}

    def send(self, action: str, fields: Forms, **headers: str) -> Answer:
        """Send a form as a browser does from a page of the Hub; headers given here are sent instead."""
        sent = {"Origin": self.address, "Sec_Fetch_Site": "same-origin", **headers}
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", action, urlencode(fields), Content_Type=kind, **sent)

    def fill_in(self, path: str, action: str, **fields: str) -> Answer:
        """Open a page, fill in a form of it, and send it."""
        return self.send(action, self.form(path, action) | fields)

    def signed_in(self, token: str) -> Visitor:
        answer = self.fill_in("/login", "/login", token=token)
        assert answer.status == 303, answer.text
        return replace(self, cookie=answer.headers["Set-Cookie"].partition(";")[0])


__all__ = ["TICKET", "Answer", "Visitor"]
