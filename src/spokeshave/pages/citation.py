"""The citation page, from the lesson's CITATION.cff.

Source: Citation File Format 1.2.0 (doi 10.5281/zenodo.5171937).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from spokeshave.blocks.boxes import ICONS
from spokeshave.pages.edition import Edition, Episode
from spokeshave.pages.extra import extra_page
from spokeshave.reading.report import Report
from spokeshave.reading.yaml_text import Value, read_yaml
from spokeshave.theme import icon

_WORKBENCH_ADDRESS = "https://carpentries.github.io/workbench/"
_WORKBENCH = f'<p><a class="external-link" href="{_WORKBENCH_ADDRESS}">The Carpentries Workbench</a></p>'


@dataclass(frozen=True, slots=True)
class Author:
    """A person or an organisation. `affiliations` are numbers of the page's list, from one."""

    name: str
    short_name: str
    orcid: str
    affiliations: tuple[int, ...]


def citation_page(edition: Edition, episodes: Sequence[Episode]) -> str | None:
    if edition.lesson.citation is None:
        return None
    cited = read_yaml(edition.lesson.citation, "CITATION.cff", Report())
    words = edition.words
    affiliations = _affiliations(cited)
    authors = [_author(value, affiliations) for value in cited.get("authors").items]
    lesson = f"{_lesson_citation(edition, cited, authors)}\n{_affiliation_list(affiliations)}"
    tools = f"<p>{escape(words['cite_workbench_text'])}</p>\n{_WORKBENCH}"
    content = "\n".join(
        (
            _section("authors", words["cite_this_lesson"], lesson),
            _copyable(edition, cited, authors),
            _section("workbench", words["cite_workbench"], tools),
        )
    )
    title = words["citation_title"]
    return extra_page(
        edition, "citation.html", title, content, template="citation.html", source_path="CITATION.cff"
    )


def _section(identifier: str, heading: str, content: str) -> str:
    return (
        f'<section id="{identifier}">\n<h2 class="section-heading">{escape(heading)}</h2>\n'
        f'<hr class="half-width">\n{content}\n</section>'
    )


def _affiliations(cited: Value) -> list[str]:
    names = (author.get("affiliation").text for author in cited.get("authors").items)
    return list(dict.fromkeys(name for name in names if name))


def _author(value: Value, affiliations: list[str]) -> Author:
    given, family = value.get("given-names").text, value.get("family-names").text
    particle = value.get("name-particle").text
    family = f"{particle} {family}".strip()
    name = value.get("name").text or f"{given} {family}".strip() or value.get("alias").text
    initials = "".join(part[0] for part in given.replace("-", " ").split())
    short = f"{family} {initials}".strip() if family else name
    own = value.get("affiliation").text
    numbers = (affiliations.index(own) + 1,) if own else ()
    return Author(name, short, value.get("orcid").text, numbers)


def _author_html(edition: Edition, author: Author) -> str:
    marks = [f'<a href="#aff{number}"><sup>{number}</sup></a>' for number in author.affiliations]
    if author.orcid:
        label = edition.words["citation_orcid"].format(name=author.name)
        marks.append(
            f'<a class="orcid external-link" href="{escape(author.orcid)}" target="_blank" rel="noopener" '
            f'title="{escape(label)}"><span aria-hidden="true">iD</span>'
            f'<span class="visually-hidden">{escape(label)}</span></a>'
        )
    info = f'<span class="author-info">{" ".join(marks)}</span>' if marks else ""
    return f"{escape(author.name)}{info}"


def _lesson_citation(edition: Edition, cited: Value, authors: list[Author]) -> str:
    names = ", ".join(_author_html(edition, author) for author in authors)
    title = cited.get("title").text or edition.site.title
    year = f" ({escape(_year(cited))})." if _year(cited) else "."
    version = escape(_version(edition, cited))
    return f"<p>{names}{year} <em>{escape(title)}</em>. {version}. {_where(edition, cited)}</p>"


def _where(edition: Edition, cited: Value) -> str:
    doi = cited.get("doi").text or edition.lesson.settings.doi
    if doi:
        doi = doi.removeprefix("https://doi.org/")
        return (
            f'<a class="external-link" href="https://doi.org/{escape(doi)}">https://doi.org/{escape(doi)}</a>'
        )
    address = cited.get("url").text or edition.lesson.settings.url
    return f'<a class="external-link" href="{escape(address)}">{escape(address)}</a>'


def _affiliation_list(affiliations: list[str]) -> str:
    items = "\n".join(
        f'<li id="aff{number}">{escape(name)}</li>' for number, name in enumerate(affiliations, 1)
    )
    return f'<ol class="affiliations">\n{items}\n</ol>\n' if items else ""


def _copyable(edition: Edition, cited: Value, authors: list[Author]) -> str:
    """One line of plain text, or what the authors would rather have cited."""
    words = edition.words
    text = _preferred(cited.get("preferred-citation")) or _plain(edition, cited, authors)
    return Markup(
        '<div class="callout" id="copyable"><div class="callout-square" aria-hidden="true">{}</div>'
        '<span class="callout-header">{}</span><div class="callout-inner"><h3 class="callout-title">{}</h3>'
        '<div class="callout-content"><pre class="citation" tabindex="0"><code>{}</code></pre></div></div></div>'
    ).format(icon(ICONS["callout"], "callout-icon"), words["box_callout"], words["citation_text"], text)


def _plain(edition: Edition, cited: Value, authors: list[Author]) -> str:
    names = ", ".join(author.short_name for author in authors)
    year = f" ({_year(cited)})." if _year(cited) else "."
    doi = (cited.get("doi").text or edition.lesson.settings.doi).removeprefix("https://doi.org/")
    place = f"https://doi.org/{doi}" if doi else cited.get("url").text or edition.lesson.settings.url
    title = cited.get("title").text or edition.site.title
    return f"{names}{year} {title}. {_version(edition, cited)}. {place}".rstrip()


def _preferred(value: Value) -> str:
    """The reference to the article that the authors prefer to be cited, if there is one."""
    if not value.entries:
        return ""
    names = ", ".join(_author(author, []).short_name for author in _without_affiliations(value))
    volume = value.get("volume").text + (f"({value.get('issue').text})" if value.get("issue").text else "")
    pages = f":{value.get('start').text}-{value.get('end').text}" if value.get("start").text else ""
    doi = f" https://doi.org/{value.get('doi').text}" if value.get("doi").text else ""
    year = value.get("year").text
    return f"{names} ({year}). {value.get('title').text}. {value.get('journal').text} {volume}{pages}.{doi}"


def _without_affiliations(value: Value) -> list[Value]:
    return [
        Value(
            author.line,
            entries={key: entry for key, entry in author.entries.items() if key != "affiliation"},
            kind="mapping",
        )
        for author in value.get("authors").items
    ]


def _version(edition: Edition, cited: Value) -> str:
    number = cited.get("version").text or edition.words["citation_unversioned"]
    return edition.words["citation_version"].format(version=number)


def _year(cited: Value) -> str:
    return cited.get("date-released").text[:4]
