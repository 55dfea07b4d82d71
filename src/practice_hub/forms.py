"""Forms of the web pages. Nobody else's page can send one: its origin is checked, and a ticket in it.

https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
"""

from __future__ import annotations

from urllib.parse import parse_qsl

from practice_hub.call import Call
from practice_hub.errors import HubError, bad_request, forbidden

TICKET = "ticket"  # the name of the field
AGAIN = "Go back, load the page again, and repeat what you did."
_OWN = frozenset({None, "none", "same-origin"})


def check_origin(call: Call) -> None:
    """Raises HubError (403) unless the browser says that a page of this Hub sends the form.

    `Origin` comes with each form from today's browsers, `Sec-Fetch-Site` where they regard the Hub's address as safe.
    """
    site = call.headers.get("sec-fetch-site")
    if call.headers.get("origin") != call.base or site not in {None, "same-origin"}:
        raise forbidden(f"This form was not sent by a page of this Hub, so nothing was done. {AGAIN}")


def check_site(call: Call) -> None:
    """Raises HubError (403) if a browser says that another site's page asks for a change. Programs say nothing.

    Pages at another port of this machine are of the same site, but not of the same origin:
    https://www.w3.org/TR/fetch-metadata/
    """
    if call.method not in {"GET", "HEAD"} and call.headers.get("sec-fetch-site") not in _OWN:
        raise forbidden("Forbidden: a page of another site may not change anything here.")


def ticket(call: Call) -> str:
    """The ticket that a form on the visitor's page must hold: it is good for an hour, and for this visitor."""
    return call.hub.signer.sign("form", session=call.session)


def check_form(call: Call) -> None:
    """Raises HubError (403) if the form holds no ticket that was made for this visitor."""
    try:
        made_for = call.hub.signer.read("form", read_form(call).get(TICKET, ""))["session"]
    except HubError:
        made_for = None
    if made_for != call.session:
        raise forbidden(f"This form is too old, or you signed in or out since, so nothing was done. {AGAIN}")


def read_form(call: Call) -> dict[str, str]:
    """The fields of a form. Raises HubError (400) if it is none."""
    try:
        text = call.received.data.decode("ascii")
        return dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100))
    except ValueError:
        raise bad_request("A form is expected.") from None
