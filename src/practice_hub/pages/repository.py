"""The page of a model or data set: card, metadata, results, files, versions and how to use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from practice_hub.call import Call
from practice_hub.descriptions import Description
from practice_hub.errors import no_entry
from practice_hub.pages.card import Place, card_html
from practice_hub.pages.front import QUIET_TAGS
from practice_hub.pages.page import go_to, link, page, shows, takes
from practice_hub.pages.pickles import pickles
from practice_hub.pages.results import results
from practice_hub.pages.usage import usage
from practice_hub.pages.versions import versions
from practice_hub.revisions import find_revision
from practice_hub.routing import Need
from spokeshave.blocks.highlight import highlight

MOST_FILES = 500


def main_version(call: Call) -> Response:
    return _page(call, "main")


def version(call: Call) -> Response:
    return _page(call, call.parts["revision"])


def _page(call: Call, revision: str) -> Response:
    repository = call.repository
    described = call.hub.describe(repository, revision)
    known = versions(call.git, revision, described.commit)
    text = described.card.text
    return page(
        call,
        "repository.html",
        repository=repository,
        revision=revision,
        described=described,
        commit=described.commit,
        card=card_html(text, Place(repository, revision)) if text.strip() else "",
        facts=facts(described),
        results=results(described.card.metadata),
        files=described.entries[:MOST_FILES],
        more_files=max(len(described.entries) - MOST_FILES, 0),
        pickles=pickles(call.hub.descriptions, repository, call.git, described.entries[:MOST_FILES]),
        versions=known,
        usage=_usage(call, known.pin),
        gate=_gate(call),
        owner=call.hub.access.can_write(call.login.account if call.login else None, repository),
    )


def _usage(call: Call, pin: str) -> Markup:
    """How to use this version: code, in the colors of the lesson."""
    described = call.hub.describe(call.repository, pin)
    code = usage(call.base, call.repository, described, pin, private=_needs_token(call))
    return Markup("\n".join(highlight(code, "python")))


def _needs_token(call: Call) -> bool:
    return call.repository.private or bool(call.repository.gated)


def _gate(call: Call) -> str:
    """Where the visitor stands at the repository's gate: open, closed, ask, pending or rejected."""
    account = call.login.account if call.login else None
    if call.hub.access.can_read_files(account, call.repository):
        return "open"
    if account is None:
        return "closed"
    return call.hub.access.status(account, call.repository) or "ask"


@dataclass(frozen=True)
class Facts:
    """What the metadata says, in the order of the page."""

    license: str
    license_address: str
    tags: tuple[str, ...]
    problems: tuple[str, ...]
    parameters: int


def facts(described: Description) -> Facts:
    metadata = described.card.metadata
    return Facts(
        _license(metadata),
        _web_address(metadata.get("license_link")),
        tuple(tag for tag in described.tags if tag not in QUIET_TAGS and not tag.startswith("license:")),
        (*described.card.errors, *described.card.warnings),
        sum(described.parameters.values()),
    )


def _license(metadata: dict[str, Any]) -> str:
    named = metadata.get("license")
    names = [str(name) for name in (named if isinstance(named, list) else [named]) if name is not None]
    if names == ["other"] and isinstance(metadata.get("license_name"), str):
        return str(metadata["license_name"])
    return ", ".join(names)


def _web_address(value: Any) -> str:
    return value if isinstance(value, str) and value.startswith(("https://", "http://")) else ""


def folder(call: Call) -> Response:
    """The files of one folder."""
    revision, path = call.parts["revision"], call.parts["path"].strip("/")
    files = call.git.files(find_revision(call.git, revision))
    if path not in files.folders:
        raise no_entry(f"There is no folder {path} in the version {revision}.")
    inside = tuple(entry for name, entry in files.files.items() if name.startswith(f"{path}/"))
    return page(
        call,
        "folder.html",
        repository=call.repository,
        revision=revision,
        path=path,
        files=inside[:MOST_FILES],
        more_files=max(len(inside) - MOST_FILES, 0),
        pickles=pickles(call.hub.descriptions, call.repository, call.git, inside[:MOST_FILES]),
    )


def ask(call: Call) -> Response:
    """Ask for access to a gated repository."""
    call.hub.access.ask(call.user.account, call.repository)
    return go_to(link(call.repository))


ROUTES = (
    shows("{web}/{repo}", main_version, Need.SEE),
    shows("{web}/{repo}/tree/{revision}", version, Need.SEE),
    shows("{web}/{repo}/tree/{revision}/{path*}", folder, Need.SEE),
    takes("{web}/{repo}/request-access", ask, Need.SEE),
)
