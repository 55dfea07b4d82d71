"""One episode as a notebook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import nbformat

from spokeshave.blocks import KINDS
from spokeshave.blocks.footnotes import footnote_list
from spokeshave.blocks.html import in_view
from spokeshave.blocks.overview import find_overview
from spokeshave.blocks.writer import Writer
from spokeshave.lesson import Lesson, Page
from spokeshave.markdown import Document, parse, read_references
from spokeshave.markdown.titles import parse_title
from spokeshave.notebooks.addresses import Addresses
from spokeshave.notebooks.blocks import BlockText
from spokeshave.notebooks.data import data_cell
from spokeshave.notebooks.inline import InlineText
from spokeshave.notebooks.outputs import outputs
from spokeshave.notebooks.pieces import Code, Piece, Pieces, Text
from spokeshave.snippets.snippet import Outcome, Snippet
from spokeshave.snippets.tabs import program
from spokeshave.snippets.worker import without_prompts
from spokeshave.theme import words

Cell = dict[str, Any]
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
"""No versions: the same outputs make the same file, whatever made it."""
_HIDDEN = {"jupyter": {"source_hidden": True, "outputs_hidden": True}, "cellView": "form"}
"""Folds a cell away: in JupyterLab, and in Colab."""


def notebook_text(lesson: Lesson, page: Page, outcomes: Iterable[Outcome]) -> str:
    """The notebook of an episode as the text of an `.ipynb` file, with what its blocks printed.

    The same page and outcomes make the same text.
    """
    by_line = {outcome.snippet.line: outcome for outcome in outcomes}
    cells_of = _to_run(by_line.values())
    document = parse(page.text, page.first_line, read_references(lesson.links))
    writer = _writer(lesson, page, document)
    site = lesson.settings.url or "../"
    settings = lesson.settings
    sources = f"{settings.source}/blob/{settings.branch}/" if settings.source else ""
    addresses = Addresses(site, f"{site}{page.slug}.html", sources)
    text = BlockText(writer, addresses)
    pieces = Pieces(text, writer, frozenset(by_line), _shown(by_line.values(), cells_of))
    cells = [_markdown(_first_cell(writer, page, addresses))]
    fetch = data_cell(lesson, (outcome.snippet.code for outcome in by_line.values()))
    if fetch:
        cells.append(_code(fetch, {"tags": ["data"]}))
    cells += _cells(pieces.of(document.nodes), by_line, cells_of, writer.words["notebook_other_tab"])
    notes = in_view(addresses.in_html(footnote_list(writer)), instructor=False).strip()
    if notes:
        cells.append(_markdown(notes))
    return _written(cells)


def _writer(lesson: Lesson, page: Page, document: Document) -> Writer:
    """Renders what Markdown cannot say."""
    language = lesson.settings.language
    nodes = list(document.walk())
    return Writer(
        kinds=KINDS,
        words=words(language),
        path=page.path,
        language=language,
        glossary=lesson.glossary,
        footnotes={str(node.token.meta["label"]): node for node in nodes if node.kind == "footnote"},
        overview=find_overview(iter(nodes)),
    )


def _to_run(outcomes: Iterable[Outcome]) -> frozenset[int]:
    """The lines of the blocks that are cells: those that "Run all" can run.

    A block that the tests skip may wait for an answer, or never end. Of alternatives in tabs, the
    first is the page's own; another may need what the reader has not installed.
    """
    return frozenset(snippet.line for snippet in program([outcome.snippet for outcome in outcomes], ""))


def _shown(outcomes: Iterable[Outcome], cells_of: frozenset[int]) -> frozenset[int]:
    """The fences whose content a cell's outputs show: those of blocks that ran."""
    return frozenset(
        expected.line
        for outcome in outcomes
        if outcome.status == "passed" and outcome.snippet.line in cells_of
        for expected in outcome.snippet.expectations
    )


def _first_cell(writer: Writer, page: Page, addresses: Addresses) -> str:
    title = InlineText(writer, addresses).text(parse_title(page.title or page.slug))
    source = f"[{addresses.page}]({addresses.page})"
    return f"# {title}\n\n{writer.words['notebook_source'].format(page=source)}"


def _cells(
    pieces: Iterable[Piece], outcomes: dict[int, Outcome], cells_of: frozenset[int], other_tab: str
) -> Iterator[Cell]:
    """The pieces as cells; text up to the next section, box or code block is one cell.

    A block that is no cell is text as well. Where a tab has such blocks, `other_tab` says so once.
    """
    waiting: list[str] = []
    count = 0
    tab = (0, "")
    for piece in pieces:
        if waiting and (isinstance(piece, Code) or piece.starts_cell):
            yield _markdown("\n\n".join(waiting))
            waiting.clear()
        if isinstance(piece, Text):
            waiting.append(piece.markdown)
            continue
        outcome = outcomes[piece.line]
        snippet = outcome.snippet
        if piece.line not in cells_of:
            if not snippet.skip and tab != (snippet.group, snippet.alternative):
                tab = (snippet.group, snippet.alternative)
                waiting.append(other_tab)
            waiting.append(_text_of(snippet))
            continue
        ran = outcome.status == "passed"
        count += ran
        yield _code_cell(outcome, count if ran else None, folded=piece.folded)
    if waiting:
        yield _markdown("\n\n".join(waiting))


def _text_of(snippet: Snippet) -> str:
    """A block as a fence."""
    code = snippet.code if snippet.language == "python" else without_prompts(snippet.code)
    name = "python" if snippet.language == "python" else "bash"
    fence = "````" if "```" in code else "```"
    return f"{fence}{name}\n{code.rstrip()}\n{fence}"


def cell_source(snippet: Snippet) -> str:
    """What stands in the cell of a block."""
    if snippet.language == "python":
        return snippet.code.rstrip("\n")
    return "%%bash\n" + without_prompts(snippet.code).rstrip("\n")


def _code_cell(outcome: Outcome, count: int | None, *, folded: bool) -> Cell:
    snippet = outcome.snippet
    tags = ["solution"] if folded else []
    if any(expected.kind == "error" for expected in snippet.expectations):
        tags.append("raises-exception")
    metadata: dict[str, Any] = dict(_HIDDEN) if folded else {}
    if tags:
        metadata["tags"] = tags
    shown = outputs(outcome) if count is not None else []
    return _code(cell_source(snippet), metadata, count, shown)


def _markdown(source: str) -> Cell:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _code(
    source: str, metadata: dict[str, Any], count: int | None = None, shown: Iterable[Cell] = ()
) -> Cell:
    return {
        "cell_type": "code",
        "execution_count": count,
        "metadata": metadata,
        "outputs": list(shown),
        "source": source,
    }


def _written(cells: list[Cell]) -> str:
    """A valid notebook. Ids come from place and content, so that they stay as long as these do."""
    for position, cell in enumerate(cells):
        seed = f"{position}\0{cell['cell_type']}\0{cell['source']}"
        cell["id"] = hashlib.sha256(seed.encode()).hexdigest()[:12]
    content = {"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    notebook = nbformat.from_dict(content)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    written = nbformat.writes(notebook, version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]
    return str(written).rstrip("\n") + "\n"
