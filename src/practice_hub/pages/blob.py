"""The page of one file: a small text as it is, and what there is to know of any other."""

from __future__ import annotations

from starlette.responses import Response

from practice_hub.call import Call
from practice_hub.errors import no_entry
from practice_hub.pages.page import page, shows
from practice_hub.pages.pickles import pickles
from practice_hub.revisions import find_revision
from practice_hub.routing import Need
from practice_hub.store.git import Entry

LONGEST = 200_000
"""Bytes of a text that is shown."""


def blob(call: Call) -> Response:
    revision, path = call.parts["revision"], call.parts["path"]
    commit = find_revision(call.git, revision)
    entry = call.git.files(commit).files.get(path)
    if entry is None:
        raise no_entry(f"There is no file {path} in the version {revision}.")
    return page(
        call,
        "blob.html",
        repository=call.repository,
        revision=revision,
        commit=commit,
        entry=entry,
        text=_text(call, entry),
        is_pickle=bool(pickles(call.hub.descriptions, call.repository, call.git, [entry])),
    )


def _text(call: Call, entry: Entry) -> str | None:
    """The file's text; None if it is none, or too long."""
    if entry.size > LONGEST:
        return None
    content = call.hub.descriptions.content(call.repository, call.git, entry)
    try:
        text = b"".join(content.read(0, content.size)).decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


ROUTES = (shows("{web}/{repo}/blob/{revision}/{path*}", blob, Need.FILES),)
