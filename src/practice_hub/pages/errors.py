"""The page that says why something cannot be shown or done."""

from __future__ import annotations

from starlette.responses import Response

from practice_hub.call import Call
from practice_hub.errors import HubError
from practice_hub.pages.page import page

TITLES = {
    400: "This cannot be done",
    401: "Sign in first",
    403: "You may not do this",
    404: "Not found",
    409: "This cannot be done",
    413: "This is too large",
    429: "Too many attempts",
    507: "The disk is full",
    520: "Damaged",
}
MISSING = "There is nothing at this address, or you may not see it."
SIGN_IN = "Sign in with a token of your account to do this."


def error_page(call: Call, error: HubError) -> Response:
    """As in the API, nobody learns whether a repository is missing or private: people get 404 for both."""
    status, message = error.status, error.message
    if error.code == "RepoNotFound":
        status, message = 404, MISSING
    elif error.code == "GatedRepo":
        status, message = 403, f"{message} Ask for access on the page of the repository."
    elif status == 401:
        message = SIGN_IN
    sign_in = call.login is None and status in {401, 403, 404}
    title = TITLES.get(status, "Something went wrong")
    return page(call, "error.html", status, title=title, message=message, sign_in=sign_in)
