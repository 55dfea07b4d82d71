"""The front page: search, and the models and data sets that the visitor may see."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import Response

from practice_hub.call import Call
from practice_hub.errors import HubError
from practice_hub.pages.page import described_or_none, page, shows
from practice_hub.repositories import Repository

PAGE = 50
QUIET_TAGS = frozenset({"region:us"})
"""Tags that every repository has."""


@dataclass(frozen=True)
class Listed:
    """A repository in a list."""

    repository: Repository
    changed: int
    title: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """One kind of repositories that were found: those to show now, and where the next ones are."""

    kind: str
    total: int
    items: tuple[Listed, ...]
    following: str


def front(call: Call) -> Response:
    return _page(call, ("model", "dataset"), call.query.get("author", ""))


def models(call: Call) -> Response:
    return _page(call, ("model",), call.query.get("author", ""))


def data_sets(call: Call) -> Response:
    return _page(call, ("dataset",), call.query.get("author", ""))


def of_author(call: Call) -> Response:
    """All that one account has."""
    author = call.hub.accounts.find(call.parts["name"])
    if author is None:
        raise HubError(404, f'There is no account "{call.parts["name"]}" on this Hub.')
    return _page(call, ("model", "dataset"), author.name)


def _page(call: Call, kinds: tuple[str, ...], author: str) -> Response:
    search = {"search": call.query.get("search", ""), "author": author, "tag": call.query.get("tag", "")}
    search = {key: value.strip() for key, value in search.items()}
    found = tuple(_found(call, kind, search) for kind in kinds)
    return page(call, "front.html", found=found, search=search, path=call.path)


def _found(call: Call, kind: str, search: dict[str, str]) -> Found:
    asker = call.login.account if call.login else None
    candidates = [
        repository
        for repository in call.hub.repositories.all(kind)
        if search["search"].lower() in repository.full_name.lower()
        and search["author"].lower() in {"", repository.owner.lower()}
        and call.hub.access.can_see(asker, repository)
    ]
    listed = [_listed(call, repository) for repository in candidates]
    listed = [item for item in listed if not search["tag"] or search["tag"] in item.tags]
    listed.sort(key=lambda item: (item.changed, item.repository.id), reverse=True)
    start = call.whole(f"{kind}s", 0, 10**9)
    following = ""
    if start + PAGE < len(listed):
        following = "?" + urlencode({**search, f"{kind}s": start + PAGE})
    return Found(kind, len(listed), tuple(listed[start : start + PAGE]), following)


def _listed(call: Call, repository: Repository) -> Listed:
    described = described_or_none(call, repository)
    if described is None:
        return Listed(repository, repository.created, "damaged on the Hub's disk", ())
    title = described.card.metadata.get("pretty_name") or described.card.metadata.get("pipeline_tag") or ""
    return Listed(repository, described.commit.when, str(title), described.tags)


ROUTES = (
    shows("/", front),
    shows("/models", models),
    shows("/datasets", data_sets),
    shows("/{name}", of_author),
)
