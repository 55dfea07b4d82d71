"""The links of a text that lead to one page, changed so that they lead to its new name.

Where an address stands is searched for in the text; whether it is a link, the parser says. Each change
is made alone and the text parsed again: it stays only if nothing but addresses of links became different.
So addresses in code, in comments and in prose are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import join, normpath
from typing import Any

from markdown_it.token import Token

from spokeshave.blocks.html import ROOT
from spokeshave.blocks.links import site_address
from spokeshave.lesson import Page
from spokeshave.markdown import References
from spokeshave.markdown.parser import PARSER
from spokeshave.problems import LessonError, Problem
from spokeshave.reading.pages import read_front_matter
from spokeshave.reading.report import Report
from spokeshave.reading.text import normalized

_MARK = b"\xef\xbb\xbf"
_ADDRESS = re.compile(r"(?:\]\(\s*<?|\]:\s*<?|\bhref\s*=\s*[\"']?)(?P<address>[^\s()<>\"']+)", re.IGNORECASE)
_HREF = re.compile(r"(\bhref\s*=\s*[\"']?)([^\s\"'>]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LinksTo:
    """Links to `page`, whose file will have the stem `stem`."""

    page: Page
    stem: str

    def rewritten(self, path: str, raw: bytes, references: References) -> tuple[bytes, int]:
        """The bytes of the file `path` with its links changed, and their number.

        Raises `LessonError` if a link to the page is there that cannot be changed.
        """
        if self.page.slug.encode() not in raw:
            return raw, 0
        mark = _MARK if raw.startswith(_MARK) else b""
        text, count = raw.removeprefix(mark).decode(), 0
        form = self._form(path, text, references)
        for found in reversed([*_ADDRESS.finditer(text)]):
            new = self._renamed(path, found["address"])
            if new == found["address"]:
                continue
            candidate = text[: found.start("address")] + new + text[found.end("address") :]
            if self._form(path, candidate, references) == form:
                text, count = candidate, count + 1
        self._check(path, text, references)
        return mark + text.encode(), count

    def _renamed(self, path: str, address: str) -> str:
        """`address`, as it stands in the file `path`, with the new name if it leads to the page."""
        cut = min((at for at in (address.find("?"), address.find("#")) if at >= 0), default=len(address))
        place, tail = address[:cut], address[cut:]
        folder, slash, name = place.rpartition("/")
        if not self._leads_here(path, place) or not name.startswith(f"{self.page.slug}."):
            return address
        return f"{folder}{slash}{self.stem}{name.removeprefix(self.page.slug)}{tail}"

    def _leads_here(self, path: str, place: str) -> bool:
        if self.page.folder == "profiles":
            return normpath(join(PurePosixPath(path).parent.as_posix(), place)) == self.page.path
        return site_address(place).removeprefix(ROOT) == f"{self.page.slug}.html"

    def _form(self, path: str, text: str, references: References) -> list[object]:
        """What a text holds, with the new name in every link, so that only other changes show."""
        tokens, defined = _parsed(path, text, references)
        form: list[object] = [
            (label, self._renamed(path, target["href"])) for label, target in sorted(defined.items())
        ]
        for token in _flat(tokens):
            attributes = {
                key: self._renamed(path, str(value)) if key == "href" else value
                for key, value in token.attrs.items()
            }
            # Where it has parts (a paragraph, a note, a caption), they are looked at.
            content = "" if token.children else token.content
            if token.type.startswith("html"):
                content = _HREF.sub(lambda found: found[1] + self._renamed(path, found[2]), content)
            form.append((token.type, content, token.info, attributes))
        return form

    def _check(self, path: str, text: str, references: References) -> None:
        tokens, _ = _parsed(path, text, references)
        for block in tokens:
            for token in _flat(block.children or []):
                address = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
                # An address from links.md, which is changed in its own turn, is not in this text.
                here = address in text
                if here and self._renamed(path, address) != address:
                    line = block.map[0] + 1 if block.map else 0
                    raise LessonError(
                        Problem(
                            path,
                            line,
                            f"the link to {address} is in a form that cannot be changed here",
                            "Write it as [text](address)",
                        )
                    )


def _parsed(path: str, text: str, references: References) -> tuple[list[Token], dict[str, Any]]:
    """Tokens, and the definitions of the text itself."""
    text = normalized(text)
    skipped = read_front_matter(text, path, Report()).lines
    env: dict[str, Any] = {"shared_references": references}
    tokens = PARSER.parse("\n" * skipped + "\n".join(text.split("\n")[skipped:]), env)
    own = {label: target for label, target in env.get("references", {}).items() if label not in references}
    return tokens, own


def _flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _flat(token.children or [])
