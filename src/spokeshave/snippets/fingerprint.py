"""By what a record of a run knows whether a page's code is still the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict

from spokeshave.snippets.snippet import Snippet


def fingerprint(snippets: Sequence[Snippet]) -> str:
    """SHA-256 of what is run and expected, wherever on the page it stands, and however long it may take."""
    told = []
    for snippet in snippets:
        fields = asdict(snippet)
        del fields["path"], fields["line"], fields["timeout"], fields["folded"]
        fields["expectations"] = [(wanted.kind, wanted.text) for wanted in snippet.expectations]
        told.append(fields)
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
