"""What a Hub refuses, and how it says so.

An error's code is what `huggingface_hub` turns into one of its exceptions: see `hf_raise_for_status` in
its `utils/_http.py`. Its message reaches the user.
"""

from __future__ import annotations

# The client waits and tries again after 500, 502, 503 and 504. A damaged object stays damaged, and no
# other registered code speaks of it, so the answer is a code that is registered nowhere.
DAMAGED = 520
# RFC 4918, section 11.5. The client does not try again, and shows the message.
DISK_FULL = 507
UPLOAD_AGAIN = "Upload it again."


class HubError(Exception):
    """A request that cannot be met: HTTP status, message for the user, and the client's code for it."""

    def __init__(self, status: int, message: str, code: str | None = None, **more: object) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code
        self.more = more  # further fields of the JSON answer


class DamagedError(HubError):
    """Something in the store is not what was stored. It is named, and not served."""

    def __init__(self, what: str, mend: str = UPLOAD_AGAIN) -> None:
        super().__init__(
            DAMAGED, f"{what} is damaged on the Hub's disk, so it is not served. {mend}", "Damaged"
        )


def bad_request(message: str) -> HubError:
    return HubError(400, message)


def login_needed() -> HubError:
    return HubError(401, "Invalid username or password.")


def forbidden(message: str) -> HubError:
    return HubError(403, message)


def conflict(message: str, **more: object) -> HubError:
    return HubError(409, message, None, **more)


def not_served(what: str) -> HubError:
    """For what the real Hub has, and this one has not. 501 is loud, and the client does not try again."""
    return HubError(501, f"practice-hub does not serve {what}", "NotServed")


def too_large(message: str) -> HubError:
    return HubError(413, message)


def no_repository(*, logged_in: bool) -> HubError:
    """As on the real Hub, nobody learns whether a repository is missing or private.

    The real Hub sends 401 to readers without a token; its client tells the case from the address, which
    must begin with https://. The code says the same on this machine.
    """
    if logged_in:
        return HubError(404, "Repository not found", "RepoNotFound")
    return HubError(401, "Invalid username or password.", "RepoNotFound")


def no_revision(revision: str) -> HubError:
    return HubError(404, f"Invalid rev id: {revision}", "RevisionNotFound")


def no_entry(message: str = "Entry not found") -> HubError:
    return HubError(404, message, "EntryNotFound")
