"""Pages to which every episode gives a part, written piece by piece: they may be longer than memory is wide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from spokeshave.blocks.body import Body
from spokeshave.lesson import Page
from spokeshave.output import OutputFolder
from spokeshave.pages.edition import Edition
from spokeshave.pages.extra import extra_page
from spokeshave.pages.glossary import popovers, used_terms
from spokeshave.pages.policy import ANALYTICS, allowances, policy_text

_HOLE = "\x04"
_IDS_OF_THE_FRAME = frozenset({"top", "main-content", "sidebar", "chapters"})


@dataclass(frozen=True, slots=True)
class LongPage:
    """One kind of long page.

    `title` is the key of its title among the words. `content` gives an episode's HTML for both views, empty where it
    has nothing to give, with ids that are not in the set it is handed, to which it adds its own; `part` makes from
    that HTML what one view shows.
    """

    name: str
    title: str
    content: Callable[[Mapping[str, str], Page, Body, set[str]], str]
    part: Callable[[Edition, Page, str], str]
    template: str = "extra.html"
    shows_definitions: bool = False
    """Whether the definitions of the terms that it links to stand at its end."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around the episodes.

    `policy` is the Content-Security-Policy as `before` holds it, for the frame alone, and `allowed` is what that
    allows beside the site's own files: what the episodes need is known only when the last one is written.
    """

    before: str
    after: str
    policy: str
    allowed: frozenset[tuple[str, str]]


class LongPageWriter:
    """A long page that is being written, in all editions."""

    def __init__(self, page: LongPage, editions: Sequence[Edition], output: OutputFolder) -> None:
        self._page = page
        self._output = output
        self._editions = editions
        self._used = set(_IDS_OF_THE_FRAME)
        self._allowed: set[tuple[str, str]] = set()
        self._terms: list[dict[str, None]] = [{} for _ in editions]
        self._frames = [_frame(edition, page) for edition in editions]
        self._streams = [output.stream(edition.path(page.name)) for edition in editions]
        for stream, frame in zip(self._streams, self._frames, strict=True):
            stream.write(frame.before)

    def add(self, episode: Page, body: Body) -> None:
        """Write one more episode's part."""
        content = self._page.content(self._editions[0].words, episode, body, self._used)
        if not content:
            return
        self._allowed |= allowances(content)
        for edition, stream, terms in zip(self._editions, self._streams, self._terms, strict=True):
            stream.write(self._page.part(edition, episode, content))
            terms.update(dict.fromkeys(used_terms(edition, body)))

    def close(self) -> None:
        """Finish the page."""
        for edition, stream, frame, terms in zip(
            self._editions, self._streams, self._frames, self._terms, strict=True
        ):
            definitions = popovers(edition, terms) if self._page.shows_definitions else ""
            stream.write(f"{definitions}{frame.after}")
            stream.close()
            policy = policy_text(frame.allowed | self._allowed | allowances(definitions))
            self._output.amend(edition.path(self._page.name), frame.policy, policy)


def _frame(edition: Edition, page: LongPage) -> _Frame:
    """The page without its episodes."""
    html = extra_page(edition, page.name, edition.words[page.title], _HOLE, template=page.template)
    before, after = html.split(_HOLE)
    allowed = allowances(html) | (ANALYTICS if edition.site.analytics else frozenset())
    return _Frame(before, after, policy_text(allowed), allowed)
