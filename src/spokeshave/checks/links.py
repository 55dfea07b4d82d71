"""What links say of themselves: protocol (V2, V3), form (V6) and text (V8, V9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from markdown_it.common.utils import normalizeReference

from spokeshave.checks.addresses import Address
from spokeshave.checks.finding import Finding
from spokeshave.checks.page import CheckedPage

PROTOCOLS = frozenset(
    """
    http https ftp ftps mailto news irc irc6 ircs gopher nntp feed telnet mms rtsp sms svn tel fax xmpp
    webcal urn
    """.split()
)
_EMBEDDED = frozenset({"data"})
"""Protocols of images that stand in the page itself."""
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})
_VAGUE = re.compile(
    r"(?:(?:a |this )?link(?: to)?|this|(?:(?:click|over) )?here(?: for)?"
    r"|(?:for )?more(?: info(?:rmation)?)?(?: about)?|read (?:more|on)(?: about)?)[.,:!…]*",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(r"(?:(?<!\w)\[|^)(?!\d+\]\[\d+\])([^\[\]]+)\]\[([^\[\]]*)\]")
"""What is left in the text of a link by a label that nothing defines. `rows[0][1]` is none, nor is `[1][2]`."""
_UNKNOWN_NOTE = re.compile(r"(\S)\[\^(\w+)\]")


def check_links(page: CheckedPage) -> Iterator[Finding]:
    """Every link and image of the page, and what was to be a link."""
    yield from _labels(page)
    yield from _notes(page)
    for address in page.addresses:
        yield from _protocol(page, address)
        yield from _form(page, address)
        if address.text is not None:
            yield from _text(page, address, address.text)


def _found(page: CheckedPage, rule: str, address: Address, message: str, fix: str) -> Finding:
    return page.found(rule, address.line, message, fix, address.column)


def _protocol(page: CheckedPage, address: Address) -> Iterator[Finding]:
    scheme = address.scheme
    if not scheme or (address.is_image and scheme in _EMBEDDED):
        return
    if scheme not in PROTOCOLS:
        message = f"`{scheme}:` is no protocol that links of a lesson may have"
        fix = "Write `https:` if a page of the web is meant"
        yield _found(page, "link-protocol", address, message, fix)
    elif scheme == "http" and not is_local(address.target):
        message = f"{address.target} is fetched without encryption"
        yield _found(page, "insecure-link", address, message, "Write `https:` if the site has it")


def is_local(address: str) -> bool:
    """Whether a web address is that of this machine, which has no encryption and needs none."""
    try:
        return urlsplit(address).hostname in _THIS_MACHINE
    except ValueError:
        return False


def _form(page: CheckedPage, address: Address) -> Iterator[Finding]:
    target = unquote(address.target)
    if not address.label and target and normalizeReference(target) in page.document.labels:
        shown = "![…]" if address.is_image else f"[{address.text or ''}]"
        message = f"`{target}` is the label of a link, but stands where an address should"
        yield _found(page, "link-form", address, message, f"Write {shown}[{target}]")


def _labels(page: CheckedPage) -> Iterator[Finding]:
    for line in page.prose:
        for text, label in _UNKNOWN.findall(line.text) if "][" in line.text else ():
            place, column = page.columns.place([f"][{label}]"], line.line)
            if column > 1:  # else its brackets are escaped: they are meant to be seen
                name = label or text
                message = f"nothing says where the label `{name}` leads, so readers see brackets and no link"
                fix = f"Define it, on this page or in links.md, as `[{name}]: https://…`"
                yield page.found("unknown-label", place, message, fix, column + 1)


def _text(page: CheckedPage, address: Address, text: str) -> Iterator[Finding]:
    if len(text) <= 1:
        message = f"the text of the link to {address.target or 'nowhere'} is too short to be read out or hit"
        yield _found(page, "short-link", address, message, "Say in a few words where it leads")
    elif _VAGUE.fullmatch(text):
        message = f"the link text “{text}” does not say where it leads"
        fix = "Let the link be the name of what it leads to: many readers hear links without the text around"
        yield _found(page, "vague-link", address, message, fix)


def _notes(page: CheckedPage) -> Iterator[Finding]:
    for line in page.prose:
        for before, label in _UNKNOWN_NOTE.findall(line.text):
            place, column = page.columns.place([f"{before}[^{label}]"], line.line)
            if f"[^{label}]" in page.columns.lines[place - 1]:  # else its brackets are escaped
                message = f"nothing says what the note `{label}` is, so readers see its brackets"
                fix = f"Write it on this page, after a blank line: `[^{label}]: …`"
                yield page.found("unknown-label", place, message, fix, column + 1)
