"""References to examples: `@label` in text is the number of the example `(@label)`.

Source: "Extension: example_lists" of the Pandoc User's Guide.
"""

from __future__ import annotations

import re

from spokeshave.markdown.inline_parser import InlineState

_LABEL = re.compile(r"@([^\W_]+(?:[_-][^\W_]+)*)")


def example_reference(state: InlineState) -> bool:
    """`@label`, if the page has an example of this label, anywhere; without one it is a citation."""
    examples: dict[str, int] = state.env.get("examples", {})
    match = _LABEL.match(state.src, state.pos, state.posMax) if examples else None
    if match is None or match[1] not in examples:
        return False
    return state.add(str(examples[match[1]]), match.end())
