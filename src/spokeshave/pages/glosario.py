"""The list of Glosario terms that a lesson uses, at the end of its reference page."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from spokeshave.blocks.glosario import term_address
from spokeshave.pages.edition import Edition, Episode


def glosario_list(edition: Edition, episodes: Sequence[Episode]) -> str:
    """The terms of all pages, with their definitions; nothing where the lesson uses none."""
    bodies = [*(episode.body for episode in episodes), *edition.bodies.values()]
    terms = sorted({term for body in bodies for term in body.terms}, key=str.casefold)
    if not terms:
        return ""
    items = "\n".join(_item(edition, slug) for slug in terms)
    return Markup(
        '\n<section id="glosario">\n<h2 class="section-heading">{}</h2>\n<hr class="half-width">\n'
        '<ul id="glosario-list">\n{}\n</ul>\n</section>'
    ).format(edition.words["glosario_heading"], Markup(items))


def _item(edition: Edition, slug: str) -> str:
    address = term_address(slug, edition.lesson.settings.language)
    definition = edition.lesson.glossary.get(slug, "")
    ending = f": {definition}" if definition else ""
    return Markup('<li><a class="external-link" href="{}">{}</a>{}</li>').format(
        address, slug.replace("_", " "), ending
    )
