"""The notebooks of all episodes, and how to run them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from markupsafe import Markup, escape

from spokeshave.lesson import Page
from spokeshave.pages.edition import Edition, Episode
from spokeshave.pages.extra import episode_section, extra_page
from spokeshave.pages.notebook_links import colab_address, has_notebook, notebook_target
from spokeshave.pages.sizes import size_text
from spokeshave.pages.titles import title_html, title_text

_FETCHED = re.compile(r'for name in (\[(?:\\"|[^"\]])*\]):')
"""The list in the cell that `notebooks/data.py` writes, as it stands in the JSON of a notebook."""


def notebooks_page(edition: Edition, episodes: Sequence[Episode]) -> str | None:
    """Each notebook with its links; none where the lesson has no notebooks."""
    lesson = edition.lesson
    pages = [page for page in lesson.episodes if has_notebook(lesson, page)]
    if not pages:
        return None
    sections = [episode_section(page.slug, title_html(page), _notebook(edition, page)) for page in pages]
    content = "\n".join((*_introduction(edition, pages[0]), *sections))
    return extra_page(edition, "notebooks.html", edition.words["notebooks"], content)


def _introduction(edition: Edition, first: Page) -> Iterator[str]:
    words = edition.words
    yield f"<p>{escape(words['notebooks_intro'])}</p>"
    if edition.lesson.setup:
        setup = Markup('<a href="index.html#setup">{}</a>').format(words["setup_instructions"])
        yield f"<p>{escape(words['notebooks_here']).format(setup=setup)}</p>"
    if colab_address(edition.lesson, first):
        yield f"<p>{escape(words['notebooks_colab'])}</p>"


def _notebook(edition: Edition, page: Page) -> str:
    """The links of one notebook, each with its episode's name for those who hear links alone."""
    target, colab = notebook_target(page), colab_address(edition.lesson, page)
    sizes = {asset.target: asset.source for asset in edition.lesson.assets}
    size = size_text(sizes[target].stat().st_size)
    download = _link(edition, page, f"{edition.site.root}{target}", "download_notebook", " download")
    parts = [f"<p>{download} ({size})"]
    if colab:
        parts.append(f'<span aria-hidden="true">|</span>\n{_link(edition, page, colab, "open_in_colab")}')
    fetched = [sizes[name].stat().st_size for name in _fetched(sizes[target]) if name in sizes]
    sentence = escape(edition.words["notebook_fetches"])
    told = sentence.format(count=len(fetched), size=size_text(sum(fetched))) if fetched else ""
    return "\n".join(parts) + "</p>" + (f"\n<p>{told}</p>" if told else "")


def _link(edition: Edition, page: Page, address: str, word: str, attributes: str = "") -> str:
    name = Markup('<span class="visually-hidden">: {}</span>').format(title_text(page))
    return f'<a href="{escape(address)}"{attributes}>{escape(edition.words[word])}{name}</a>'


def _fetched(notebook: Path) -> Sequence[str]:
    """The lesson's files that a notebook fetches when it runs."""
    found = _FETCHED.search(notebook.read_text(encoding="utf-8", errors="replace"))
    if found is None:
        return ()
    try:
        names: list[str] = json.loads(found[1].replace('\\"', '"'))
    except ValueError:  # a loop of the author's own
        return ()
    return names
