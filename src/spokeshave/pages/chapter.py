"""Pages made from one Markdown file each: episodes, and the other pages of learners and instructors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from spokeshave.blocks.body import Body
from spokeshave.lesson import Page
from spokeshave.pages.context import Link, PageContext, TeachingFiles
from spokeshave.pages.edition import Edition, render
from spokeshave.pages.glossary import popovers, used_terms
from spokeshave.pages.notebook_links import colab_address, has_notebook, notebook_target
from spokeshave.pages.plain_text import describe
from spokeshave.pages.ran import ran_sentence
from spokeshave.pages.running_clock import with_clocks
from spokeshave.pages.titles import shortened, title_html, title_text


def episode_page(edition: Edition, position: int, body: Body) -> str:
    """The page of the lesson's episode number `position` (from zero)."""
    episodes = edition.lesson.episodes
    page = episodes[position]
    given = page.teaching is not None and page.exercises is not None
    home = Link(Markup.escape(edition.words["home"]), "index.html")
    timed = edition.instructor and given
    return _chapter(
        edition,
        page,
        replace(body, html=with_clocks(page, body, edition.words)) if timed else body,
        minutes=page.minutes - page.pause if given else None,
        progress=progress(episodes, position),
        sections=tuple(
            Link(edition.in_view(heading.html), f"#{heading.identifier}") for heading in body.sections
        ),
        previous=_link(episodes[position - 1]) if position else home,
        following=_link(episodes[position + 1]) if position + 1 < len(episodes) else home,
        ending=popovers(edition, used_terms(edition, body)),
        is_current=True,
        teaching=edition.site.teaching,
    )


def other_page(edition: Edition, page: Page, body: Body, ending: str = "") -> str:
    """A page that is no episode, with `ending` (HTML) after its text. Its one link leads home."""
    home = edition.lesson.home
    text = shortened(title_text(home)) if home.title else edition.words["home"]
    return _chapter(
        edition,
        page,
        body,
        ending=popovers(edition, used_terms(edition, body)) + Markup(ending),
        previous=Link(Markup.escape(text), "index.html"),
        is_current=False,
    )


def _chapter(
    edition: Edition,
    page: Page,
    body: Body,
    *,
    ending: str = "",
    minutes: int | None = None,
    progress: int | None = None,
    sections: tuple[Link, ...] = (),
    previous: Link | None = None,
    following: Link | None = None,
    is_current: bool,
    teaching: TeachingFiles | None = None,
) -> str:
    name = f"{page.slug}.html"
    title = title_text(page)
    content = edition.in_view(body.html) + Markup(ending)
    description = describe(content, f"{edition.site.title}: {title}")
    context = PageContext(
        path=name,
        title=title_html(page),
        plain_title=title,
        description=description,
        content=content,
        source_path=page.path,
        edit_href=edition.edit_link(page.path),
        updated=str(page.updated or ""),
        minutes=minutes,
        progress=progress,
        sections=sections,
        previous=previous,
        following=following,
        is_current=is_current,
        other_view=edition.other_view(name),
        notebook_href=notebook_target(page) if has_notebook(edition.lesson, page) else "",
        colab_href=colab_address(edition.lesson, page),
        snippets_record=ran_sentence(edition, page),
        canonical=edition.canonical(name),
        card=edition.card(page.slug),
        card_address=edition.card_address(page.slug),
        json_ld=(edition.json_ld(name, title, description, page, body.objectives),),
        stylesheets=(teaching.stylesheet,) if teaching else (),
        scripts=(teaching.script,) if teaching else (),
    )
    return render("chapter.html", edition, context)


def progress(episodes: Sequence[Page], position: int) -> int:
    """Per cent of the lesson's minutes that lie before an episode."""
    total = sum(page.minutes for page in episodes)
    before = sum(page.minutes for page in episodes[:position])
    return round(100 * before / total) if total else 0


def _link(page: Page) -> Link:
    return Link(Markup.escape(shortened(title_text(page))), f"{page.slug}.html")
