"""All images of all episodes, with their alternative texts to be read aloud."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from spokeshave.blocks.body import Image
from spokeshave.pages.edition import Edition, Episode
from spokeshave.pages.extra import episode_section, extra_page
from spokeshave.pages.titles import title_html
from spokeshave.pages.unique_ids import out_of_page, with_unique_ids


def images_page(edition: Edition, episodes: Sequence[Episode]) -> str | None:
    if not episodes:
        return None
    used = {episode.page.slug for episode in episodes}
    sections = []
    for episode in episodes:
        images = _images(edition, episode) or f"<p>{edition.words['no_images']}</p>"
        content = with_unique_ids(images, used, episode.page.slug)
        sections.append(episode_section(episode.page.slug, title_html(episode.page), content))
    return extra_page(edition, "images.html", edition.words["all_images"], "\n".join(sections))


def _images(edition: Edition, episode: Episode) -> str:
    slug = episode.page.slug
    seen = [image for image in episode.body.images if edition.in_view(image.html)]
    parts = [_image(edition, slug, number, len(seen), image) for number, image in enumerate(seen, 1)]
    return "\n".join(parts)


def _image(edition: Edition, slug: str, number: int, total: int, image: Image) -> str:
    words = edition.words
    heading = escape(words["figure"].format(number=number))
    described = Markup()
    if image.alt is not None:
        text = f"‘{image.alt}’" if image.alt else words["decorative"]
        sentence = words["image_of"].format(number=number, total=total, text=text)
        described = Markup('<p aria-hidden="true">{}</p>\n').format(sentence)
    return (
        f'<h3 id="{escape(slug)}-figure-{number}">{heading}</h3>\n{described}'
        f"{out_of_page(edition.in_view(image.html), slug)}\n<hr>"
    )
