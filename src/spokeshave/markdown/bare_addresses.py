"""Addresses that are links by themselves: `https://…`, `name@example.org`, `<https://…>`.

An address ends before the punctuation that ends a sentence, and may hold parentheses that pair up.
Source: "Automatic links" and "Extension: autolink_bare_uris" of the Pandoc User's Guide.
"""

from __future__ import annotations

import re

from spokeshave.markdown.attributes import parse_attributes
from spokeshave.markdown.escapes import without_entities
from spokeshave.markdown.inline_parser import InlineState
from spokeshave.markdown.references import escape_address

_SCHEMES = """
    about acct afp attachment aw bitcoin blob callto cap chrome chrome-extension cid coap content cvs
    data dav dict dns doi dtn ed2k example facetime fax feed file filesystem finger fish ftp gemini geo
    git go gopher graph gtalk http https iax icap icon im imap info ipn ipp ipps irc ircs iris isbn
    jabber jar javascript jms ldap ldaps lvlt magnet mailserver mailto maps market message mid mms modem
    mongodb mumble mvn news nfs ni nntp notes oid pack palm paparazzi platform pmid pop pres proxy query
    redis rediss reload res resource rmi rsync rtmp rtsp secondlife service session sftp sgn sieve sip
    sips skype smb sms smtp snmp spotify ssh steam stun stuns submit svn tag teamspeak tel telnet tftp
    things tip tool turn turns tv udp unreal urn view-source vnc wais webcal ws wss xmpp xri z39.50
"""
SCHEMES = frozenset(_SCHEMES.split())
"""The schemes that make an address, of those that pandoc knows."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*$")
_WORD = r"[\w#$%+/@\\\-&=]"
_CHUNK = rf"(?:{_WORD}++|(?:,+|[^\s<>])(?={_WORD}))"
_REST = re.compile(rf":(?![*\]])(?:\({_CHUNK}\)|\{{{_CHUNK}\}}|\[{_CHUNK}\]|{_CHUNK})++/?")
_LONGEST_NAME = 64
_MAILBOX = re.compile(r"(?<![^\W_])[^\W_][\w!\"#$%&'*+\-/=?^{|}~;]*+(?:\.[\w!\"#$%&'*+\-/=?^{|}~;]++)*+$")
_HOST = re.compile(r"@((?:[^\W_]|-(?=[^\W_]))++(?:\.(?:[^\W_]|-(?=[^\W_]))++)*+)")
_ANGLED = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*):([^<>\s]*)>|<([^<>\s@]+@[^<>\s@]+)>")


def uri(state: InlineState) -> bool:
    """An address, met at the colon after its scheme."""
    if state.linkLevel > 0:
        return False
    scheme = _scheme_before(state)
    match = _REST.match(state.src, state.pos, state.posMax) if scheme else None
    if match is None:
        return False
    return _add(state, scheme, scheme + without_entities(match[0]), "", "uri", match.end())


def _scheme_before(state: InlineState) -> str:
    """The known scheme that ends at `pos`, within the text just read."""
    match = _SCHEME.search(state.src, max(0, state.pos - _LONGEST_NAME), state.pos)
    word = match[0] if match else ""
    while word and word.lower() not in SCHEMES:
        # Of `git+https` the second part may be an address though the whole is not.
        cut = min((at for at in (word.find("+"), word.find("-"), word.find(".")) if at >= 0), default=-1)
        word = word[cut + 1 :] if cut >= 0 else ""
    start = state.pos - len(word)
    return "" if start and word and state.src[start - 1].isalnum() else word


def email(state: InlineState) -> bool:
    """An e-mail address, met at its `@`."""
    if state.linkLevel > 0 or not state.pos or not state.next_sign().isalnum():
        return False
    host = _HOST.match(state.src, state.pos, state.posMax)
    if host is None:
        return False
    mailbox = _MAILBOX.search(state.src, max(0, state.pos - _LONGEST_NAME), state.pos)
    name = mailbox[0] if mailbox else ""
    return bool(name) and _add(state, name, name + host[0], "mailto:", "email", host.end())


def _add(state: InlineState, before: str, text: str, scheme: str, kind: str, end: int) -> bool:
    """A link that begins with `before`, which has already been read as text."""
    pending = state.pending
    if not pending.endswith(before):
        return False
    state.pending = pending[: len(pending) - len(before)]
    _push(state, text, scheme + text, kind, end)
    return True


def _push(state: InlineState, text: str, address: str, kind: str, end: int) -> None:
    token = state.push("link_open", "a", 0)
    token.nesting = 1
    token.attrs = {"href": escape_address(address)}
    braces = parse_attributes(state.src, end) if state.src[end - 1] == ">" else None
    if braces is not None and braces[1] <= state.posMax:
        end = braces[1]
        braces[0].apply(token)
    else:
        token.attrs["class"] = kind
    state.add(text, end)
    state.close("link", "a")
    state.address_end = end


def angled_address(state: InlineState) -> bool:
    """`<https://…>` and `<name@example.org>`, with attributes if they follow."""
    match = _ANGLED.match(state.src, state.pos, state.posMax) if state.linkLevel <= 0 else None
    if match is None:
        return False
    if match[3]:
        _push(state, match[3], "mailto:" + match[3], "email", match.end())
    elif match[1].lower() in SCHEMES:
        text = f"{match[1]}:{without_entities(match[2])}"
        _push(state, text, text, "uri", match.end())
    else:
        return False
    return True
