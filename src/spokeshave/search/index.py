"""The index as a step of a build: what the last build made is kept where it would be the same."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import astuple, replace

from spokeshave.output import OutputFolder
from spokeshave.problems import Problem
from spokeshave.search.pagefind import PagefindError, index_files, pagefind_version
from spokeshave.search.record import Record

FOLDER = "pagefind"
ENTRY = f"{FOLDER}/pagefind.js"
"""The module that the search window imports."""
_LONGEST_TEXT = 1_000_000
"""So much of one section is found, which is more than any section has."""
_LONGEST_WORD = 1000
_LONG_WORD = re.compile(r"[!-~]{1001,}")
"""Nobody searches for these, and the index of a word of megabytes takes seconds. Scripts without blanks are not cut."""
_DIGEST = f"{FOLDER}/indexed.txt"
"""Holds the digest of all that the index was made from."""


def search_problem() -> Problem | None:
    """Why there can be no index, if that can be told before the site is built."""
    try:
        pagefind_version()
    except PagefindError as error:
        return _problem(error)
    return None


def write_index(records: Sequence[Record], language: str, output: OutputFolder) -> Problem | None:
    """Write the index of `records` into the site, or keep the last good site's if it was made from the same.

    Without Pagefind the site has no index: the warning that is returned says so.
    """
    records = [
        replace(record, text=_LONG_WORD.sub(_shortened, record.text[:_LONGEST_TEXT])) for record in records
    ]
    try:
        digest = _digest(records, language)
        if output.last(_DIGEST) == digest:
            output.keep(FOLDER)
            return None
        files = index_files(records, language)
    except PagefindError as error:
        return _problem(error)
    for path, content in files.items():
        output.write(f"{FOLDER}/{path}", content)
    output.write(_DIGEST, digest)
    return None


def _shortened(word: re.Match[str]) -> str:
    return word[0][:_LONGEST_WORD]


def _digest(records: Sequence[Record], language: str) -> bytes:
    made_from = [pagefind_version(), language, [astuple(record) for record in records]]
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest().encode() + b"\n"


def _problem(error: PagefindError) -> Problem:
    return Problem(
        "search",
        0,
        f"{error}, so the search button leads to the page of all episodes",
        "Install it with `pip install pagefind-bin`",
        "warning",
    )
