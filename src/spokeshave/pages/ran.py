"""What stands at the end of a page about its code: when it ran, with what, and where its test is."""

from __future__ import annotations

from markupsafe import Markup

from spokeshave.lesson import Page
from spokeshave.pages.edition import Edition
from spokeshave.snippets.record import Ran

_TESTS = ("tests/lesson/snippets.yaml", "tests/snippets.yaml")
"""Where a lesson may have the counts that `pytest --spokeshave` tests its code with."""


def ran_sentence(edition: Edition, page: Page) -> Markup:
    """That the page's code ran, with a link to the test; empty where there is nothing to claim."""
    ran = edition.ran.get(page.path)
    if ran is None:
        return Markup()
    sentence = Markup.escape(edition.words[_key(ran)]).format(
        count=ran.count,
        total=ran.total,
        date=Markup('<time datetime="{0}">{0}</time>').format(ran.date),
        versions=", ".join(f"{name} {version}" for name, version in ran.versions.items()),
    )
    link = _test_link(edition, page)
    return Markup("{} {}").format(sentence, link) if link else sentence


def _key(ran: Ran) -> str:
    if ran.count < ran.total:
        return "snippets_ran_some"
    return "snippets_ran_one" if ran.count == 1 else "snippets_ran"


def _test_link(edition: Edition, page: Page) -> Markup:
    """The link to the lesson's test in its repository; to the page's source where it has none."""
    lesson = edition.lesson
    settings = lesson.settings
    if not settings.source:
        return Markup()
    test = next((path for path in _TESTS if (lesson.root / path).is_file()), "")
    text = edition.words["snippets_test" if test else "source"]
    address = f"{settings.source}/blob/{settings.branch}/{test or page.path}"
    return Markup('<a href="{}">{}</a>.').format(address, text)
