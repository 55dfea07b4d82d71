"""Several pages on one: ids that would stand there twice are renamed, with the links to them."""

from __future__ import annotations

import re
from urllib.parse import unquote

_ID = re.compile(r'(?<=\sid=")[^"]+(?=")')
_REFERENCES = re.compile(
    r'(\s(?:id|for|name|list|aria-labelledby|aria-controls|aria-describedby|headers)="|\shref="#)([^"]+)(?=")'
)

_ANCHOR = re.compile(r'(?<=\shref=")#([^"]+)(?=")')


def out_of_page(html: str, slug: str) -> str:
    """`html`, taken out of a page for another one: its links to what is not in it lead to its page."""
    ids = set(_ID.findall(html))
    return _ANCHOR.sub(lambda match: match[0] if unquote(match[1]) in ids else f"{slug}.html{match[0]}", html)


def with_unique_ids(html: str, used: set[str], prefix: str) -> str:
    """`html` with every id that is in `used` renamed to `prefix-id`; its ids are added to `used`.

    An id that is not used yet stays, so that links to it from elsewhere go on working.
    """
    ids = _ID.findall(html)
    clashing = used.intersection(ids)
    used.update(ids)
    if not clashing:
        return html
    renamed = {name: _free(f"{prefix}-{name}", used) for name in sorted(clashing)}

    def rename(match: re.Match[str]) -> str:
        return match[1] + renamed.get(match[2], match[2])

    return _REFERENCES.sub(rename, html)


def _free(wanted: str, used: set[str]) -> str:
    name, number = wanted, 0
    while name in used:
        number += 1
        name = f"{wanted}-{number}"
    used.add(name)
    return name
