"""Where links of a page lead when they are read in a notebook, which may lie anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spokeshave.blocks.html import ROOT, SOURCES, escape
from spokeshave.blocks.links import site_address

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_ATTRIBUTE = re.compile(r'\b(href|src)="([^"]*)"')
_FOOTNOTE = re.compile(r"#fn(?:ref)?\d+$")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one page: its links lead to the published site, since a notebook travels alone."""

    site: str
    """Of the site, with a slash at the end; `../` where the lesson has no address."""
    page: str
    """Of the page itself."""
    sources: str = ""
    """Below which the lesson's sources can be read."""

    def of(self, target: str) -> str:
        """The address of a link that stands in the page's Markdown."""
        return self._absolute(site_address(target))

    def in_html(self, html: str) -> str:
        """Rendered HTML of the page, with addresses that hold in a notebook."""
        return _ATTRIBUTE.sub(lambda found: f'{found[1]}="{self._of_html(found[2])}"', html)

    def _of_html(self, address: str) -> str:
        return address if _FOOTNOTE.match(address) else self._absolute(address, escape(self.site))

    def _absolute(self, address: str, site: str = "") -> str:
        if address.startswith("#"):
            return self.page + address
        if not address or _SCHEME.match(address):
            return address
        if address.startswith(SOURCES):
            return self.sources + address.removeprefix(SOURCES)
        return (site or self.site) + address.removeprefix(ROOT)
