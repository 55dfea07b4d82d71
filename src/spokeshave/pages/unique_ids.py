"""Several pages on one: ids that would stand there twice are renamed, with the links to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import unquote

_ID = re.compile(r'(?<=\sid=")[^"]+(?=")')
_REFERENCES = re.compile(
    r'(\s(?:id|for|name|list|aria-labelledby|aria-controls|aria-describedby|headers)="|\shref="#)([^"]+)(?=")'
)

_ANCHOR = re.compile(r'(?<=\shref=")#([^"]+)(?=")')


_KEPT = 64
"""Of how many pieces the ids are remembered: enough for a lesson that is previewed, little beside its text."""


def out_of_page(html: str, slug: str) -> str:
    """`html`, taken out of a page for another one: its links to what is not in it lead to its page."""
    ids = set(_ids(html))
    return _ANCHOR.sub(lambda match: match[0] if unquote(match[1]) in ids else f"{slug}.html{match[0]}", html)


def with_unique_ids(html: str, used: set[str], prefix: str) -> str:
    """`html` with every id that is in `used` renamed to `prefix-id`; its ids are added to `used`.

    An id that is not used yet stays, so that links to it from elsewhere go on working.
    """
    ids = _ids(html)
    clashing = used.intersection(ids)
    used.update(ids)
    if not clashing:
        return html
    return _renamed(html, tuple((name, _free(f"{prefix}-{name}", used)) for name in sorted(clashing)))


@lru_cache(maxsize=_KEPT)
def _ids(html: str) -> tuple[str, ...]:
    return tuple(_ID.findall(html))


@lru_cache(maxsize=_KEPT)
def _renamed(html: str, names: Sequence[tuple[str, str]]) -> str:
    """`html` with ids renamed as `names` (old, new) says, and all that refers to them."""
    new = dict(names)
    return _REFERENCES.sub(lambda match: match[1] + new.get(match[2], match[2]), html)


def _free(wanted: str, used: set[str]) -> str:
    name, number = wanted, 0
    while name in used:
        number += 1
        name = f"{wanted}-{number}"
    used.add(name)
    return name
