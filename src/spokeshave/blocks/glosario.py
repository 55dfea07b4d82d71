"""Terms of the Carpentries' Glosario: a small link to the term, which holds its definition."""

from __future__ import annotations

from markdown_it.token import Token

from spokeshave.blocks.html import escape
from spokeshave.blocks.writer import Writer

_ADDRESS = "https://glosario.carpentries.org/{language}/#{slug}"


def term_address(slug: str, language: str) -> str:
    """Where Glosario explains a term."""
    return _ADDRESS.format(language=language, slug=slug)


def term(writer: Writer, token: Token) -> str:
    """The link to a term; the source as it is where the lesson does not use Glosario."""
    if not writer.uses_glosario:
        return escape(token.content)
    slug = str(token.meta["slug"])
    definition = writer.glossary.get(slug)
    if writer.glossary and not definition:
        writer.warn(f"the glossary has no term `{slug}`, so it is left out", "Check the term's name")
        return ""
    writer.terms.add(slug)
    address = escape(term_address(slug, writer.language))
    # Without a file of definitions, the term's name is all that is known here.
    text = escape(writer.words["glosario_term"].replace("{definition}", definition or slug))
    return (
        f'<sup><a class="external-link glosario-link" href="{address}" title="{text}">'
        f'<span aria-hidden="true">G</span><span class="visually-hidden">{text}</span></a></sup>'
    )
