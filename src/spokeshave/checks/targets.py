"""Links within the site: files and pages (V5), anchors of this page (V4) and of others."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from spokeshave.checks.addresses import Address
from spokeshave.checks.finding import Finding, finding
from spokeshave.checks.gathered import GatheredLesson, GatheredPage
from spokeshave.checks.site_map import CHROME, SiteMap, names_made_page, resolve, site_map


def check_targets(gathered: GatheredLesson) -> Iterator[Finding]:
    """Every link within the site."""
    known = site_map(gathered)
    for page in gathered.pages:
        for address in page.addresses:
            if not address.scheme and not address.target.startswith("//"):
                yield from _check(page, address, known)


def _check(page: GatheredPage, address: Address, known: SiteMap) -> Iterator[Finding]:
    place = page.page.path, address.line, address.column
    if not address.target:
        message = "this link leads nowhere"
        yield finding(*place, "missing-file", message, "Write an address between the parentheses")
    elif address.target.startswith("#"):
        anchor = unquote(address.target[1:])
        if anchor not in page.ids | CHROME:
            yield _missing_anchor(place, anchor, "this page")
        elif anchor in page.hidden_ids and _is_read_by_learners(page, address):
            yield _hidden_anchor(place, anchor, "this page")
    else:
        target = resolve(address.target)
        if not known.has(target):
            message = f"{address.target} is no page and no file of the site"
            fix = "Name a page by its file (`setup.md`), another file by its path from the folder (`data/x.csv`)"
            yield finding(*place, "missing-file", message, fix)
        elif not known.has_anchor(target):
            yield _missing_anchor(place, target.anchor, target.path)
        elif known.hides(target) and _is_read_by_learners(page, address):
            yield _hidden_anchor(place, target.anchor, target.path)
        elif names_made_page(address.target):
            message = f"{address.target} is made when the site is built; the Workbench's check cannot find it"
            yield finding(
                *place, "made-page", message, "Link to the page that it is made from, if one will do"
            )


def _missing_anchor(place: tuple[str, int, int], anchor: str, where: str) -> Finding:
    message = f"{where} has no place `#{anchor}`"
    fix = (
        "Use the id of a heading: its text in small letters with hyphens, or what it has in braces (`{#id}`)"
    )
    return finding(*place, "missing-anchor", message, fix)


def _is_read_by_learners(page: GatheredPage, address: Address) -> bool:
    return page.page.folder != "instructors" and not any(address.line in note for note in page.notes)


def _hidden_anchor(place: tuple[str, int, int], anchor: str, where: str) -> Finding:
    message = f"in {where}, `#{anchor}` is in a note for instructors, which learners do not see"
    return finding(*place, "missing-anchor", message, "Put the place above the note, or the link into a note")
