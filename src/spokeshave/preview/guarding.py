"""What keeps a lesson's pages from scripting the preview: somebody else's lesson can be looked at before it is read.

A site allows what its author wrote (`pages/policy.py`). The preview allows the theme's scripts and its own.
"""

from __future__ import annotations

import re
from functools import cache

from spokeshave.pages.policy import source_hash
from spokeshave.theme.bundle import head_script

_SCRIPT = re.compile("(java|ecma|live|j)script")
_BODY = re.compile(rb"<body\b", re.IGNORECASE)
_META = re.compile(rb"<meta(?=[\s/>])", re.IGNORECASE)


@cache
def guarded_headers() -> dict[str, str]:
    """A policy beside the page's own: a browser does what both allow. No other site may frame the preview."""
    scripts = f"script-src 'self' 'wasm-unsafe-eval' {source_hash(head_script())}"
    return {"Content-Security-Policy": f"{scripts}; base-uri 'none'; frame-ancestors 'self'"}


def guarded_html(content: bytes) -> bytes:
    """A page in whose body no `<meta>` leads elsewhere: no policy stops that. All is body if none is named."""
    body = _BODY.search(content)
    start = body.start() if body else 0
    return content[:start] + _META.sub(b"<wbr", content[start:])


def guarded_kind(kind: str) -> str:
    """The media type of a file that is not the theme's: a browser runs no script that is sent as plain text."""
    return "text/plain; charset=utf-8" if _SCRIPT.search(kind) else kind
