"""Links, and where they lead in the built site."""

from __future__ import annotations

import re
from functools import lru_cache
from posixpath import normpath

from markdown_it.token import Token

from spokeshave.blocks.html import ROOT, SOURCES, attributes_html
from spokeshave.blocks.writer import Writer

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_GLOSARIO = re.compile(r"https://glosario\.carpentries\.org/[^#]*#(\w+)$")
_FOLDERS = ("episodes/", "learners/", "instructors/", "profiles/")
_MARKDOWN = re.compile(r"\.(?:md|rmd|Rmd|RMD)$")
_SOURCES_ONLY = frozenset({"README.html", "CONTRIBUTING.html"})
"""Markdown of the root that never becomes a page."""


@lru_cache(maxsize=8192)
def site_address(target: str) -> str:
    """Where a link written in a source file leads: pages by their `.html`, files below the root.

    Links to files start with `spokeshave.blocks.html.ROOT`. Addresses with a scheme and bare
    anchors stay as they are.
    """
    if not target or target.startswith("#") or _SCHEME.match(target):
        return target
    cut = min((at for at in (target.find("?"), target.find("#")) if at >= 0), default=len(target))
    path, tail = target[:cut], target[cut:]
    if path.startswith("/"):
        return ROOT + _MARKDOWN.sub(".html", path.lstrip("/")) + tail
    return _page_or_file(_MARKDOWN.sub(".html", _within_site(path)), tail) if path else target


def _page_or_file(path: str, tail: str) -> str:
    """The address of a page by its name, or of a file of the site."""
    if path == "setup.html":
        return f"index.html{tail}" if "#" in tail else f"index.html{tail}#setup"
    if path in _SOURCES_ONLY:
        return SOURCES + path.replace(".html", ".md") + tail
    if path.endswith(".html") and "/" not in path:
        return path + tail
    return ROOT + path + tail


def _within_site(path: str) -> str:
    """The path below the lesson's root, without its source folder: the site is flat."""
    profile = False
    while path.startswith(("./", "../")):
        path = path.split("/", 1)[1]
    for folder in _FOLDERS:
        if path.startswith(folder):
            profile = folder == "profiles/"
            path = path.removeprefix(folder)
            break
    if profile and _MARKDOWN.search(path) and "/" not in path:
        return "profiles.html"
    return normpath(path) + ("/" if path.endswith("/") else "") if path else path


def link(writer: Writer, token: Token) -> str:
    """The opening of a link. Absolute addresses get the class `external-link`."""
    attributes = dict(token.attrs)
    address = str(attributes.pop("href", ""))
    classes = str(attributes.pop("class", "")).split()
    if writer.uses_glosario and (term := _GLOSARIO.match(address)):
        writer.terms.add(term[1])
    if address.startswith(("http://", "https://")):
        classes.insert(0, "external-link")
    named = {"class": " ".join(classes)} if classes else {}
    return f"<a{attributes_html({'href': writer.kinds.address(address), **named, **attributes})}>"
