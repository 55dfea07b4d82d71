"""The frame of a gathered page."""

from __future__ import annotations

from markupsafe import Markup

from spokeshave.pages.context import PageContext
from spokeshave.pages.edition import Edition, render


def extra_page(
    edition: Edition,
    name: str,
    title: str,
    content: str,
    *,
    template: str = "extra.html",
    source_path: str = "",
    stylesheets: tuple[str, ...] = (),
    absolute_root: str = "",
) -> str:
    """A page with `title` (plain text) above `content` (HTML)."""
    description = f"{edition.site.title}: {title}"
    context = PageContext(
        path=name,
        title=Markup.escape(title),
        plain_title=title,
        description=description,
        content=Markup(content),
        source_path=source_path,
        edit_href=edition.edit_link(source_path) if source_path else "",
        is_current=False,
        other_view=edition.other_view(name),
        canonical=edition.canonical(name),
        card=edition.card(),
        card_address=edition.card_address(),
        json_ld=(edition.json_ld(name, title, description),),
        stylesheets=stylesheets,
        absolute_root=absolute_root,
    )
    return render(template, edition, context)


def episode_section(episode_slug: str, title: Markup, content: str) -> str:
    """What one episode gives to a gathered page, below a link to it."""
    return (
        f'<section id="{Markup.escape(episode_slug)}">\n<h2 class="section-heading">'
        f'<a href="{Markup.escape(episode_slug)}.html">{title}</a></h2>\n<hr class="half-width">\n{content}\n</section>'
    )
