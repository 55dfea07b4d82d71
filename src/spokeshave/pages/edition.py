"""A lesson in one of its two views, and what every kind of page needs of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from spokeshave.blocks.body import Body
from spokeshave.blocks.html import in_view
from spokeshave.lesson import Lesson, Page
from spokeshave.pages.context import Card, PageContext, Site
from spokeshave.pages.metadata import learning_resource
from spokeshave.pages.policy import ANALYTICS, POLICY_HOLE, with_policy
from spokeshave.pages.sidebar import Sidebar
from spokeshave.snippets.record import Ran
from spokeshave.theme import templates


@dataclass(frozen=True, slots=True)
class Episode:
    """An episode and what was gathered from its body. The body's HTML may have been dropped."""

    page: Page
    body: Body


@dataclass(frozen=True, slots=True)
class Edition:
    """The lesson in one view. `bodies` holds every page but the episodes, by path."""

    lesson: Lesson
    site: Site
    sidebar: Sidebar
    bodies: Mapping[str, Body]
    for_web: bool = False
    """Whether the site is built to be published: its 404 page then works at any depth."""
    rendered: dict[str, tuple[object, str]] | None = None
    """Pages of earlier builds by path, with all that they were made from; `None`: none are kept."""
    cards: Mapping[str, Card] = field(default_factory=dict)
    """The pictures that shared links show, by slug; that of all other pages under `""`."""
    ran: Mapping[str, Ran] = field(default_factory=dict)
    """What pages may say about the last run of their code, by path."""

    @property
    def instructor(self) -> bool:
        return self.site.view == "instructor"

    @property
    def words(self) -> Mapping[str, str]:
        return self.site.words

    def in_view(self, html: str) -> Markup:
        """The HTML of this view."""
        settings = self.lesson.settings
        sources = f"{settings.source}/blob/{settings.branch}/" if settings.source else ""
        return Markup(in_view(html, instructor=self.instructor, sources=sources))

    def body(self, page: Page) -> Markup:
        """The HTML of a page that is no episode."""
        return self.in_view(self.bodies[page.path].html)

    def path(self, name: str) -> str:
        """A page's path below the site's root."""
        return f"instructor/{name}" if self.instructor else name

    def other_view(self, name: str) -> str:
        """What leads from a page to the same page of the other view."""
        return f"../{name}" if self.instructor else f"instructor/{name}"

    def address(self, name: str) -> str:
        """A page's address on the web; empty where the lesson's is not known."""
        return f"{self.lesson.settings.url}{self.path(name)}" if self.lesson.settings.url else ""

    def edit_link(self, path: str) -> str:
        """Where a source file can be edited."""
        settings = self.lesson.settings
        return f"{settings.source}/edit/{settings.branch}/{path}" if settings.source else ""

    def canonical(self, name: str) -> str:
        """The address that stands for both views of a page."""
        return f"{self.lesson.settings.url}{name}" if self.lesson.settings.url else ""

    def card(self, slug: str = "") -> Card | None:
        """The picture that a shared link to a page shows: its own, else the lesson's."""
        return self.cards.get(slug) or self.cards.get("")

    def card_address(self, slug: str = "") -> str:
        """The address of that picture on the web."""
        card = self.card(slug)
        return f"{self.lesson.settings.url}{card.path}" if card else ""

    def json_ld(
        self,
        name: str,
        title: str,
        description: str,
        page: Page | None = None,
        objectives: tuple[str, ...] = (),
    ) -> Markup:
        """The page's description for machines."""
        description = self.lesson.settings.description or description
        seen = [self.in_view(objective) for objective in objectives]
        return learning_resource(self.lesson, self.address(name), title, description, page, seen)


def render(template: str, edition: Edition, page: PageContext) -> str:
    """A whole HTML page."""
    chapters = edition.sidebar.html(page, edition.words)
    given = (template, edition.site, page, chapters)
    path = edition.path(page.path)
    known = edition.rendered.get(path) if edition.rendered is not None else None
    if known is not None and known[0] == given:
        return known[1]
    whole = templates().get_template(template)
    html = whole.render(site=edition.site, page=page, chapters=chapters, policy_hole=POLICY_HOLE)
    html = with_policy(html, ANALYTICS if edition.site.analytics else frozenset())
    if edition.rendered is not None:
        edition.rendered[path] = (given, html)
    return html
