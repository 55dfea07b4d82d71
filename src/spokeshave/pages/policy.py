"""The Content-Security-Policy of a page: it may load what belongs to the site, and what its author put into it.

Source: W3C, Content Security Policy Level 3, https://www.w3.org/TR/CSP3/
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape, unescape
from urllib.parse import urlsplit

POLICY_HOLE = "content-security-policy-of-this-page"
"""Stands in a page until its policy is known."""

_SITE = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'wasm-unsafe-eval'"],  # the search engine is WebAssembly
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "media-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "worker-src": ["'self'"],
    "object-src": ["'self'"],
    "frame-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
}
ANALYTICS = frozenset((name, "https:") for name in ("script-src", "connect-src", "img-src"))
"""What a lesson needs whose settings name a service that counts its readers: where it loads from is unknown."""

_DIRECTIVES = {
    "img": ("img-src",),
    "source": ("img-src", "media-src"),
    "video": ("media-src", "img-src"),
    "audio": ("media-src",),
    "track": ("media-src",),
    "iframe": ("frame-src",),
    "embed": ("object-src",),
    "object": ("object-src",),
    "script": ("script-src",),
    'link rel="stylesheet"': ("style-src",),
    "form": ("form-action",),
}
# In the text of pages `"` and `<` are escaped, so these find tags and attributes, not what a page talks about.
_WITHIN_TAG = r"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?"
_FOREIGN = re.compile(
    rf"<({'|'.join(_DIRECTIVES)})\b{_WITHIN_TAG}\b(?:src|srcset|poster|data|href|action)\s*=\s*[\"']?"
    r"((?:https?:)?//[^\s\"'>]+)",
    re.IGNORECASE,
)
_OPENING = re.compile(r"<(script|style)\b([^>]*)>", re.IGNORECASE)
_CLOSINGS = {tag: re.compile(rf"</{tag}\s*>", re.IGNORECASE) for tag in ("script", "style")}
_HOST = re.compile(r"[\w.:\[\]-]+", re.ASCII)
"""What may stand in a policy; with other signs in it an address could write directives of its own."""
_ACTIVE = re.compile(r"(?<=\s)(on[a-z]+|style)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_DATA_BLOCK = re.compile(
    r"\btype\s*=\s*[\"']?(?!text/javascript|module|application/javascript)", re.IGNORECASE
)


def with_policy(html: str, needed: frozenset[tuple[str, str]] = frozenset()) -> str:
    """A whole page with its policy in the place of `POLICY_HOLE`; `needed` is what cannot be seen in the page."""
    return html.replace(POLICY_HOLE, policy_text(allowances(html) | needed), 1)


def allowances(html: str) -> frozenset[tuple[str, str]]:
    """What a page, or a part of one, needs beside the site's own files: pairs of directive and source."""
    return frozenset((*_foreign(html), *_elements(html), *_attributes(html)))


def policy_text(needed: Iterable[tuple[str, str]]) -> str:
    """The policy of a page that needs `needed`, a set of pairs of directive and source, as it stands in HTML."""
    policy = {directive: list(sources) for directive, sources in _SITE.items()}
    for directive, source in sorted(needed):
        policy[directive].append(source)
    return escape(
        "; ".join(" ".join((directive, *sources)) for directive, sources in policy.items()), quote=False
    )


def _foreign(html: str) -> Iterator[tuple[str, str]]:
    """The hosts from which the page's author takes pictures, films, frames and scripts."""
    for tag, address in _FOREIGN.findall(html):
        try:
            parts = urlsplit(unescape(address))
        except ValueError:  # nothing can be loaded from such an address
            continue
        if not _HOST.fullmatch(parts.netloc):
            continue
        host = f"{parts.scheme}://{parts.netloc}" if parts.scheme else parts.netloc
        for directive in _DIRECTIVES[tag.lower()]:
            yield directive, host


def _elements(html: str) -> Iterator[tuple[str, str]]:
    """Inline scripts and styles, each by its hash: what is not in the sources does not run."""
    for tag, attributes, content in _inline(html):
        if tag == "style":
            yield "style-src", source_hash(content)
        elif content and not _DATA_BLOCK.search(attributes):
            yield "script-src", source_hash(content)


def _inline(html: str) -> Iterator[tuple[str, str, str]]:
    """Each inline script and style: its tag, attributes and content. One that does not end is none."""
    position = 0
    endless: set[str] = set()
    while opening := _OPENING.search(html, position):
        tag, position = opening[1].lower(), opening.end()
        closing = None if tag in endless else _CLOSINGS[tag].search(html, position)
        if closing is None:
            endless.add(tag)
            continue
        yield tag, opening[2], html[position : closing.start()]
        position = closing.end()


def _attributes(html: str) -> Iterator[tuple[str, str]]:
    """`style=` and `onclick=`, by hash too. Browsers that do not know such hashes leave them out."""
    for name, double, single in _ACTIVE.findall(html):
        directive = "style-src" if name.lower() == "style" else "script-src"
        yield directive, "'unsafe-hashes'"
        yield directive, source_hash(unescape(double or single))


def source_hash(text: str) -> str:
    """The source that allows an inline script or style of this text."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
