"""A parsed page to its body."""

from __future__ import annotations

from collections.abc import Mapping

from spokeshave.blocks.body import Body
from spokeshave.blocks.footnotes import footnote_list
from spokeshave.blocks.overview import find_overview
from spokeshave.blocks.pace import section_paces
from spokeshave.blocks.sections import sections
from spokeshave.blocks.terms import with_uses
from spokeshave.blocks.writer import Kinds, Writer
from spokeshave.lesson import Picture
from spokeshave.markdown import Document


def render_body(
    document: Document,
    *,
    kinds: Kinds,
    words: Mapping[str, str],
    path: str = "",
    language: str = "en",
    glossary: Mapping[str, str] | None = None,
    uses_glosario: bool = False,
    pictures: Mapping[str, Picture] | None = None,
) -> Body:
    """Render a page's blocks. `words` is the UI text by key; `glossary` Glosario's definitions;
    `pictures` what is known of the lesson's images by their path inside the site.

    Without `uses_glosario` its placeholders are text like any other.
    """
    footnotes = {str(node.token.meta["label"]): node for node in document.walk() if node.kind == "footnote"}
    ids = {node.identifier for node in document.walk() if node.kind == "heading"}
    writer = Writer(
        kinds=kinds,
        words=words,
        path=path,
        language=language,
        glossary=glossary or {},
        uses_glosario=uses_glosario,
        pictures=pictures or {},
        used_ids=ids,
        footnotes=footnotes,
        overview=find_overview(document.walk()),
    )
    return _body(writer, document)


def _body(writer: Writer, document: Document) -> Body:
    """The rendered page, with all that gathered in `writer` on the way."""
    html, uses = with_uses(writer, sections(writer, document.nodes) + footnote_list(writer))
    return Body(
        html=html,
        sections=tuple(writer.sections),
        paces=section_paces(writer, document.nodes),
        questions=tuple(writer.questions),
        objectives=tuple(writer.objectives),
        keypoints=tuple(writer.keypoints),
        images=tuple(writer.images),
        notes=tuple(writer.notes),
        exercises=tuple(writer.exercises),
        terms=frozenset(writer.terms),
        uses=uses,
        definitions=writer.definitions,
        warnings=tuple(writer.warnings),
    )
