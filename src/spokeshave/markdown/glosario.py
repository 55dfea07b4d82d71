"""Placeholders for terms of the Carpentries' Glosario: `{{ glosario.slug }}`."""

from __future__ import annotations

import re

from spokeshave.markdown.inline_parser import InlineState

_PLACEHOLDER = re.compile(r"\{\{ *glosario\.(\w+) *\}\}")


def glosario(state: InlineState) -> bool:
    """A placeholder for a term, wherever text is.

    The token's content is the source, which is shown where the lesson does not use Glosario (and
    counts for ids of headings, as in the Workbench); its slug is `meta["slug"]`.
    """
    if state.next_sign() != "{":
        return False
    match = _PLACEHOLDER.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    state.leaf("glosario", "a", match[0], match.end()).meta["slug"] = match[1]
    return True
