"""Making a page of a template; and the headers that keep whatever is on it from doing anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from practice_hub import __version__
from practice_hub.call import Call
from practice_hub.errors import HubError
from practice_hub.forms import TICKET, ticket
from practice_hub.limits import Limits, readable
from practice_hub.repositories import Repository
from practice_hub.routing import Body, Handler, Need, Route
from spokeshave.theme import icon

KINDS = {"model": "Model", "dataset": "Data set", "space": "Space"}
# No script at all, and nothing from elsewhere. `same-origin` and not `no-referrer`: with that, browsers would
# hide the origin of forms, which is checked (https://fetch.spec.whatwg.org/#append-a-request-origin-header).
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def shows(pattern: str, handler: Handler, need: Need = Need.NOTHING) -> Route:
    """A route to a page."""
    return Route("GET", pattern, handler, need, page=True)


def takes(pattern: str, handler: Handler, need: Need = Need.NOTHING) -> Route:
    """A route for a page's form."""
    return Route("POST", pattern, handler, need, Body.FORM, _form_limit, page=True)


def _form_limit(limits: Limits) -> int:
    return 20_000


def page(call: Call, template: str, code: int = 200, **values: Any) -> Response:
    """The page of a template, with an HTTP status.

    Templates also get `login`, and `ticket_field`, which every form must hold.
    """
    shown = {
        "login": call.login,
        "ticket_field": lambda: ticket_field(call),
        "version": __version__,
        "search": {},
        **values,
    }
    html = environment().get_template(template).render(shown)
    return Response(html, code, HEADERS, "text/html")


def ticket_field(call: Call) -> Markup:
    return Markup('<input type="hidden" name="{}" value="{}">').format(TICKET, ticket(call))


def go_to(path: str, cookie: Callable[[Response], None] | None = None) -> Response:
    """Send the browser on to another page of this Hub after a form."""
    response = RedirectResponse(path, 303, HEADERS)
    if cookie:
        cookie(response)
    return response


def link(repository: Repository, what: str = "", revision: str = "", path: str = "") -> str:
    """The address of a page about a repository: `/owner/name/blob/dev%2Fx/folder/file`."""
    parts = [quote(part, safe=safe) for part, safe in ((what, ""), (revision, ""), (path, "/")) if part]
    return "/".join([quote(repository.web_path), *parts])


def day(seconds: int) -> str:
    """A date as people write it."""
    when = datetime.fromtimestamp(seconds, UTC)
    return f"{when.day} {when:%B %Y}"


@cache
def environment() -> jinja2.Environment:
    """Jinja with the templates of the pages. A name that a template misspells is an error."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("practice_hub.pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"icon": icon, "link": link, "kinds": KINDS}
    made.filters |= {"day": day, "size": readable}
    return made


def described_or_none(call: Call, repository: Repository) -> Any:
    """What there is to say about a repository; None if its store is damaged: lists go on without it."""
    try:
        return call.hub.describe(repository)
    except HubError:
        return None
