"""Alternatives in tabs: which blocks make one program.

A learner chooses one tab of a group: scikit-learn or PyTorch, macOS or Linux. What they run is the
page with that choice. So a page with tabs is run once for each title: with the tabs of that title
where a group has one, and with the first tab elsewhere. In this way no tab can lean on what another
one did, and the text after the tabs is tried with each of them. Tabs inside a tab are run one after
the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spokeshave.markdown import Node
from spokeshave.markdown.identifiers import plain_text
from spokeshave.snippets.snippet import Snippet


def tab_panels(nodes: Sequence[Node]) -> Iterator[tuple[str, Sequence[Node]]]:
    """The tabs of a group with their titles, split where the page splits them.

    What stands before the first heading has an empty title: it is on the page whatever is chosen.
    """
    first = next((node for node in nodes if node.kind == "heading"), None)
    title, start = "", 0
    for position, node in enumerate(nodes):
        if first is not None and node.kind == "heading" and node.token.tag <= first.token.tag:
            yield title, nodes[start:position]
            title, start = _title(node), position + 1
    yield title, nodes[start:]


def _title(heading: Node) -> str:
    return plain_text(heading.children[0].token.children or ()).strip() or "untitled"


def choices(snippets: Sequence[Snippet]) -> tuple[str, ...]:
    """The titles for each of which the page is run; one empty title if it has no tabs with code to run."""
    titles = dict.fromkeys(s.alternative for s in snippets if s.group and not s.skip)
    return tuple(titles) or ("",)


def program(snippets: Sequence[Snippet], choice: str) -> tuple[Snippet, ...]:
    """The blocks that are run when the tabs called `choice` are chosen, in order."""
    chosen: dict[int, str] = {}
    for snippet in snippets:
        if snippet.group and not snippet.skip:
            chosen.setdefault(snippet.group, snippet.alternative)
            if snippet.alternative == choice:
                chosen[snippet.group] = choice
    return tuple(
        snippet
        for snippet in snippets
        if not snippet.skip and (not snippet.group or chosen[snippet.group] == snippet.alternative)
    )
